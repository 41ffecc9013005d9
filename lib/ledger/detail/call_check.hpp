// What rules whether a costly call may be made now. Private to the module; runs in the transaction that dispatches it.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

#include <vector>

namespace ulak::ledger {

/// Those of the phones who may not be messaged, in the order of the rules. Who opted out is "opt-out", whatever else.
result<std::vector<forbidden_recipient>> find_forbidden(database& db, const recipient_rules& rules);

/// Errors as `check_call` says; errc::not_found for an unknown run.
result<void> check_now(database& db, const check_call& c);

} // namespace ulak::ledger
