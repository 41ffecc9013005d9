// Counts kept totals again, from the rows that they sum up. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"

#include <optional>
#include <string>

namespace ulak::ledger {

/// What does not agree, in words of the store's tables; nullopt where all does. Rows of a run's items may have been
/// purged, so there may be fewer than their total says, never more. Reads every row: minutes for a large store.
result<std::optional<std::string>> find_wrong_total(database& db);

} // namespace ulak::ledger
