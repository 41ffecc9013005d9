// The events that report a change of the store's health. Pure.
#pragma once

#include "events/event.hpp"
#include "ledger/ledger.hpp"

#include <vector>

namespace ulak::daemon {

/// | store.held    | the state folder was copied or restored: nothing costly goes until an operator adopts it |
/// | store.blocked | the disk refuses writes: nothing costly is sent                                         |
/// | store.resumed | the disk takes writes again                                                             |
std::vector<events::event> store_events(const ledger::store_health& before, const ledger::store_health& now);

} // namespace ulak::daemon
