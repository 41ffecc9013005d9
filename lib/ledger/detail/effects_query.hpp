// Lists effects by run, account, operation, state and time. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

/// In the order in which they were booked; each question finds its own index, however many effects there ever were.
result<std::vector<effect_record>> read_effects(database& db, const effect_query& q);

} // namespace ulak::ledger
