// After a restart: the items of calls that were cut off follow the effects of their calls.
#pragma once

#include "kinds/sms_send/stored_progress.hpp"

#include <vector>

namespace ulak::kinds::sms {

/// Moves `submitting` items: to `pending` where the call was not sent, to `ambiguous` where nobody knows. Saves the
/// counts. The effects of the run, oldest first. Errors are those of the store.
task<result<std::vector<ledger::effect_record>>> restore_items(run_context& c, stored_progress& progress);

/// The moves alone: pure.
ledger::batch moves_after_restart(const run_id& run, const std::vector<ledger::effect_record>& effects);

} // namespace ulak::kinds::sms
