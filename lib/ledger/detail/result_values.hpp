// Single values of a run's result. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"

#include <string>

namespace ulak::ledger {

/// Sets the key of the run's result to null, if it is there.
result<void> wipe_result(database& db, std::int64_t run, const std::string& key);

} // namespace ulak::ledger
