// The rehearsal: the text to a few numbers first, and a pause in which an operator may cancel the run.
#pragma once

#include "kinds/sms_send/measure.hpp"
#include "kinds/sms_send/purchaser.hpp"
#include "kinds/sms_send/send_pacer.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <vector>

namespace ulak::kinds::sms {

/// All references must outlive it.
class rehearsal {
  public:
    rehearsal(run_context& c, const settings& s, const text_limits& limits, stored_progress& progress,
              send_pacer& pacer, purchaser& purchases)
        : context_(c), settings_(s), limits_(limits), progress_(progress), pacer_(pacer), purchases_(purchases)
    {}

    /// Sends once in the life of a run, then waits; a restart waits for the rest of the pause. Goes on at once without
    /// a rehearsal, and where all its numbers are on the opt-out list. Ends early, with every item skipped, unless the
    /// provider accepts it.
    task<stage_result> send();

  private:
    using items = std::vector<ledger::item_record>;

    items trial_items(int segments) const;
    task<result<void>> drop_opted_out(items& trial);
    send_call call_for(const items& trial, const measured_text& text) const;
    task<stage_result> require_acceptance(result<settlement> settled);
    task<stage_result> stop(error why);

    run_context& context_;
    const settings& settings_;
    text_limits limits_;
    stored_progress& progress_;
    send_pacer& pacer_;
    purchaser& purchases_;
};

} // namespace ulak::kinds::sms
