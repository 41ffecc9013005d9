// The ledger in one SQLite file, on a thread of its own.
#pragma once

#include "ledger/ledger.hpp"

#include <memory>
#include <string>

namespace ulak::ledger {

/// Opens or creates `state_dir`/ulak.db (WAL, synchronous=FULL, exclusive), takes the folder's lock, migrates an older
/// schema in one transaction and checks the file. Errors, each saying what to do: no such folder or not writable
/// (errc::unavailable), another daemon holds it (errc::conflict), a newer schema (errc::unsupported), a damaged file
/// (errc::unavailable, with how to restore).
/// A folder that was copied or put back opens, but is held. `changed` is called on the executor when `stands()`
/// changes. The destructor finishes what is queued, then closes.
result<std::unique_ptr<ledger>> open_sqlite(executor ex, const std::string& state_dir, health_callback changed = {});

/// The same in memory, for tests.
std::unique_ptr<ledger> make_memory_ledger(executor ex);

} // namespace ulak::ledger
