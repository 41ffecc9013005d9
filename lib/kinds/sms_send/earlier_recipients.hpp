// The recipients of a run that goes on with another: those of the earlier one that it did not reach.
#pragma once

#include "kinds/run_context.hpp"
#include "kinds/sms_send/measure.hpp"
#include "kinds/sms_send/settings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// What is taken of the earlier run. Recipients of whom nobody knows are never taken.
///
///   word      | its recipients
///   ----------+------------------------------------------------------------------------------------------
///   rejected  | `rejected`: the provider refused them
///   failed    | `rejected`, and `undelivered`
///   unsent    | `skipped` after they were listed to be sent (budget, balance, window, cancel, changed list …)
bool is_taken(const std::string& only, const ledger::item_record& item);

/// Reads the earlier run from the store, where its rows are bound to their texts: its file may be gone or another by
/// now. A text without columns is the job's of today, so that a mistake in it can be mended before one goes on; a text
/// with columns goes out as it was made then. References outlive it.
class earlier_recipients {
  public:
    earlier_recipients(run_context& c, const settings& s, const text_limits& limits)
        : context_(c), settings_(s), limits_(limits)
    {}

    /// errc::not_found: the earlier run is gone. errc::conflict: it has not ended. errc::validation: the text.
    task<result<void>> open();
    /// The text of all items without one of their own.
    const std::optional<measured_text>& common_text() const noexcept { return common_; }

    /// The next block, at `position` and behind; empty at the end. Looks behind the earlier run's position `after`.
    /// Rows are pending, or skipped with the reason: who opted out, or was reached by a later run of the job.
    task<result<std::vector<ledger::item_record>>> next(std::int64_t after, std::int64_t position);
    std::int64_t taken_until() const noexcept { return taken_until_; }

    /// Why there was nobody to go on with.
    error nobody() const;

  private:
    void take(const ledger::item_record& from, std::vector<ledger::item_record>& block) const;
    task<result<void>> leave_out_forbidden(std::vector<ledger::item_record>& block);

    run_context& context_;
    const settings& settings_;
    text_limits limits_;
    std::optional<measured_text> common_{}; ///< the job's of today, or else the earlier run's
    bool texts_of_today_ = false;           ///< all get the job's text of today
    std::int64_t taken_until_ = -1;
};

} // namespace ulak::kinds::sms
