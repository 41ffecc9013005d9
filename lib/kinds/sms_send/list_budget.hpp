// Whether the whole send fits its budgets, asked before the first message.
#pragma once

#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

namespace ulak::kinds::sms {

/// A budget of the run or of a day that the whole send would pass stops it here, not in the middle: every row is
/// skipped as `budget`, and `budget.hit` is published. Goes on otherwise.
task<stage_result> check_list_budget(run_context& c, const providers::account& account, stored_progress& progress);

} // namespace ulak::kinds::sms
