// Whether a costly call still fits its budgets. Private to the module; runs in the transaction that books the effect.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/records.hpp"

namespace ulak::ledger {

/// errc::budget when `limit` would be passed by `e`, or is in a unit that cannot be compared. The text names the limit,
/// what is spent or booked, and what was asked.
result<void> check_budget(database& db, const effect_record& e, const budget_limit& limit);

} // namespace ulak::ledger
