// Opens the ledger of a state folder: one SQLite file, on a thread of its own.
#pragma once

#include "ledger/ledger.hpp"
#include "ledger/store_opening.hpp"

#include <memory>
#include <string>

namespace ulak::ledger {

/// Opens or creates `state_dir`/ulak.db (WAL, synchronous=FULL, exclusive), takes the folder's lock, migrates an older
/// schema in one transaction and checks the file. A folder that was copied or put back from a backup opens, but is
/// held. In a folder without a store the first one is made, unless something shows that there was one. `changed` is
/// called on the executor whenever `health()` changes. The destructor finishes what is queued, then closes the store.
/// Errors, each saying what to do:
///   errc::unavailable  no such folder, not writable, or a damaged file (with how to restore it)
///   errc::conflict     another daemon holds the folder
///   errc::unsupported  a schema of a newer version, or a file of another program
///   errc::not_found    the store that should be there is gone, or none is there and none may be made
///   errc::forbidden    others can write to the folder or the store, or read the store
result<std::unique_ptr<ledger>> open_sqlite(executor loop, const std::string& state_dir, health_callback changed = {},
                                            const store_opening& opening = {});

} // namespace ulak::ledger
