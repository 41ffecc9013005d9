// No purchase beside an ambiguous one whose evidence is a balance: a new charge would blur it.
#pragma once

#include "kinds/run_context.hpp"

namespace ulak::kinds {

/// Waits until the ambiguous purchases of other runs on the account were reconciled, as after a restart. Returns at
/// once for an account whose balance proves nothing, early when the run is cancelled or stopped, and at the latest when
/// no run can still be reconciling.
task<> wait_for_reconciliation(run_context& c, providers::account& account);

} // namespace ulak::kinds
