// The last report of a queue: its words, what it says otherwise than what was sent, and its price.
#pragma once

#include "kinds/sms_send/delivery_report.hpp"
#include "kinds/sms_send/report_check.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// The next block of a run's items in these states.
ledger::item_query block_after(const run_id& run, std::vector<ledger::item_state> states, std::int64_t after);

/// Commits moves of submitted items, with the counts.
task<result<void>> save_item_moves(stored_progress& progress, std::vector<ledger::move_items> moves);

/// Context, account and progress must outlive it.
class queue_closing {
  public:
    queue_closing(run_context& c, const providers::account& account, stored_progress& progress)
        : context_(c), account_(account), progress_(progress)
    {}

    /// Writes the report's words to those who stay open, publishes `report.mismatch`, and books the cost that it tells.
    /// What misses people or money is kept in `progress::grave_reports`. Errors are those of the store.
    task<result<void>> close(const std::string& queue, const queue_range& range, const providers::sms_report& report);

  private:
    task<result<report_coverage>> write_last_words(const std::string& queue, const queue_range& range,
                                                   const reports_by_phone& reports,
                                                   const providers::sms_report& report);
    ledger::batch difference_changes(const std::string& queue, const report_differences& found);
    ledger::batch charge_changes(const queue_range& range, const providers::sms_report& report,
                                 const std::optional<money>& planned);

    run_context& context_;
    const providers::account& account_;
    stored_progress& progress_;
};

} // namespace ulak::kinds::sms
