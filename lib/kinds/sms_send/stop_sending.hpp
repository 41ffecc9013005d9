// Ends the sending of a run early: what is still pending will not be sent.
#pragma once

#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <string>

namespace ulak::kinds::sms {

/// Moves every pending item to `to` with `reason` and stores `why` as the run's stop reason, block by block: a restart
/// in between continues with what is left. `end_early`, or how the run ends if the store fails.
task<stage_result> stop_sending(run_context& c, stored_progress& progress, error why, ledger::item_state to,
                                std::string reason);

/// The same on an operator's cancellation: pending items are skipped.
task<stage_result> stop_cancelled(run_context& c, stored_progress& progress);

} // namespace ulak::kinds::sms
