// One run of `sms.send`, from the recipients to their delivery reports.
#pragma once

#include "kinds/sms_send/lister.hpp"
#include "kinds/sms_send/reconciler.hpp"
#include "kinds/sms_send/rehearsal.hpp"
#include "kinds/sms_send/sender.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stored_progress.hpp"
#include "kinds/sms_send/tracker.hpp"

#include <memory>

namespace ulak::kinds::sms {

/// Owns the progress of the run and its stages. Lives in the frame of `send_job::run`; context and settings outlive it.
///
///   stage     | done by           | ends with
///   ----------+-------------------+-------------------------------------------------------------
///   listing   | lister            | every recipient is an item of the store; the budget covers all
///   sending   | rehearsal, sender | no item is pending
///   tracking  | tracker           | every item has its report, or the time for them is over; also of what was sent
///             |                   | before the sending ended early
class sms_run {
  public:
    sms_run(run_context& c, const settings& s, std::shared_ptr<providers::account> account, progress stored);

    /// Continues where the stored progress says. Reconciles the call that a restart interrupted before it sends on.
    task<ending> execute();

  private:
    task<stage_result> restore();
    task<stage_result> send();
    task<stage_result> begin_tracking();
    task<ending> finish();

    run_context& context_;
    const settings& settings_;
    std::shared_ptr<providers::account> account_;
    stored_progress progress_;
    lister lister_;
    send_pacer pacer_;
    purchaser purchaser_;
    rehearsal rehearsal_;
    reconciler reconciler_;
    sender sender_;
    tracker tracker_;
};

} // namespace ulak::kinds::sms
