// Opens the ledger of a state folder: one SQLite file, on a thread of its own.
#pragma once

#include "ledger/ledger.hpp"

#include <memory>
#include <string>

namespace ulak::ledger {

/// Opens or creates `state_dir`/ulak.db (WAL, synchronous=FULL, exclusive), takes the folder's lock, migrates an older
/// schema in one transaction and checks the file. A folder that was copied or put back from a backup opens, but is
/// held. `changed` is called on the executor whenever `health()` changes. The destructor finishes what is queued, then
/// closes the store. Errors, each saying what to do:
///   errc::unavailable  no such folder, not writable, or a damaged file (with how to restore it)
///   errc::conflict     another daemon holds the folder
///   errc::unsupported  a schema of a newer version, or a file of another program
result<std::unique_ptr<ledger>> open_sqlite(executor loop, const std::string& state_dir, health_callback changed = {});

} // namespace ulak::ledger
