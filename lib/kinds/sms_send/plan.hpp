// What a run would do: reads and validates everything, sends nothing and costs nothing.
#pragma once

#include "kinds/run_context.hpp"
#include "kinds/sms_send/settings.hpp"
#include "providers/account.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// Sums over the recipients, a block at a time. Pure.
class plan_totals {
  public:
    /// `common_text` is that of all recipients; empty: each has its own.
    plan_totals(const std::string& sender, const std::string& common_text);

    void add(const std::vector<ledger::item_record>& block);

    std::int64_t segments() const noexcept { return segments_; }
    /// {"recipients":{"total","to_send",REASON…},"segments","by_segments":{N:recipients},"cost","digest"}. The digest
    /// changes with the sender, with a text, and with the recipients and their order.
    boost::json::object to_json(const std::string& unit) const;

  private:
    std::map<std::string, std::int64_t> skipped_{{"invalid", 0}, {"duplicate", 0}, {"opt-out", 0}, {"sent-within", 0}};
    std::int64_t total_ = 0, to_send_ = 0, segments_ = 0;
    std::map<int, std::int64_t> by_segments_{}; ///< recipients by the segments of their text
    std::string digest_;
};

/// Who of these recipients has, or may have, a message of the job's newest run before this one.
struct reached_before {
    run_id last{}; ///< empty: there is none
    std::int64_t asked = 0, reached = 0;

    bool mostly() const noexcept { return reached * 2 > asked; }
    std::string sentence() const;
};
/// Adds the pending ones of a block. Errors are those of the store.
task<result<void>> count_reached(run_context& c, const std::vector<ledger::item_record>& block, reached_before& sum);

/// The totals of the job's recipients, a warning where most of them were reached by the job's last run, and
/// "waits_until" while its window is closed. Errors are those of the recipients' source and of the store.
task<result<boost::json::object>> make_plan(run_context& c, const settings& s, const providers::account& account);

} // namespace ulak::kinds::sms
