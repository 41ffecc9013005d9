// Sums what effects cost, by job, account or day. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

/// One row per key and unit. A day is one of `zone`; what is open is booked but its outcome is not known.
result<std::vector<spend_total>> spend_totals(database& db, spend_grouping by, const time_zone& zone);

} // namespace ulak::ledger
