// Follows the sent messages to their delivery reports.
#pragma once

#include "kinds/read_failures.hpp"
#include "kinds/sms_send/open_reports.hpp"
#include "kinds/sms_send/queue_closing.hpp"
#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <map>
#include <memory>
#include <string>

namespace ulak::kinds::sms {

/// Owns the queues of a run. Polls their reports with growing pauses until each is final or `progress::track_until` is
/// over. The last report of a queue is weighed against what was sent, its cost is booked, and its words stand with
/// those who stay open. Context and progress must outlive it.
class tracker {
  public:
    tracker(run_context& c, std::shared_ptr<providers::account> account, stored_progress& progress);

    /// Polls to the end and moves the items that the reports name. A report that cannot be read is asked for again in
    /// the next round. Goes on with the run's end, also when an operator cancels the run meanwhile.
    task<stage_result> track();
    /// The run was cancelled while reports were missing.
    bool cancelled() const noexcept { return cancelled_; }

    /// Finds the queues of what was submitted so far, in one pass over the items. Errors are those of the store.
    task<result<void>> find_queues();
    const std::map<std::string, queue_range>& queues() const noexcept { return queues_; }
    /// Saves the queues as the run's result: {"queues":[{"id","recipients"}]}, and "reports" where some are missing.
    task<result<void>> save_result();

    /// A word on reports for `save_result` to show in the result; empty: none.
    void say(open_reports open) { open_ = std::move(open); }

  private:
    enum class poll { while_it_goes_on, last };

    task<stage_result> poll_open_queues(std::map<std::string, queue_range>& open, poll which);
    task<result<bool>> poll_report(std::string queue, queue_range range, poll which);
    task<result<std::int64_t>> apply_report(const std::string& queue, const queue_range& range,
                                            const providers::sms_report& report);
    task<result<void>> publish_report(const std::string& queue, const report_moves& sum);
    bool in_time() const;
    bool is_told_to_end() const;

    run_context& context_;
    std::shared_ptr<providers::account> account_;
    stored_progress& progress_;
    read_failures failures_;
    queue_closing closing_;
    std::map<std::string, queue_range> queues_{};
    open_reports open_{};
    bool cancelled_ = false;
    bool ended_by_cancel_ = false; ///< a cancellation that had ended the sending leaves the reports
};

} // namespace ulak::kinds::sms
