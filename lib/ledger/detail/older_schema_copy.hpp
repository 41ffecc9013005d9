// A copy of a store as it was before its schema changed, for who has to go back. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"

#include <string>

namespace ulak::ledger {

/// To be called before `migrate`. Of a store with an older schema it makes `PATH.schema-N` (0600, synced), which
/// replaces one of an earlier try; without it no schema is changed. Copies older than 30 days are removed: they hold
/// what the store has purged since. errc::unsupported where the copy cannot be written.
result<void> keep_older_schema(database& db, const std::string& path);

} // namespace ulak::ledger
