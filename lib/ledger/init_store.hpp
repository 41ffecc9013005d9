// Makes the first store of a state folder, for `ulakd --init`.
#pragma once

#include "core/error.hpp"
#include "ledger/store_opening.hpp"

#include <string>

namespace ulak::ledger {

/// True if a store was made, false if there was one, which is left alone. `forget`: what is left of a lost store is
/// renamed (NAME.forgotten-TIME), its marks elsewhere are removed, and a new one is made. Errors as of `open_sqlite`;
/// errc::conflict also to forget a store that is there.
result<bool> init_store(const std::string& state_dir, const store_opening& opening, bool forget);

} // namespace ulak::ledger
