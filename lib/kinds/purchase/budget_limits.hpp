// The budgets that limit a purchase.
#pragma once

#include "kinds/run_context.hpp"

#include <vector>

namespace ulak::kinds {

/// Midnight of the day of `t` in a zone: where budgets per day begin.
wall_point day_start(wall_point t, const time_zone& zone);

/// The limits of the run, of the job's day and of the account's day, as they rule `e` when it is booked at its
/// `intended_at`.
std::vector<ledger::budget_limit> budget_limits(const run_context& c, const providers::account& account,
                                                const ledger::effect_record& e);

} // namespace ulak::kinds
