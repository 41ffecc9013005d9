// The events that report a change of the store's health. Pure.
#pragma once

#include "events/event.hpp"
#include "ledger/ledger.hpp"

#include <string>
#include <vector>

namespace ulak::daemon {

/// | store.held    | the state folder was copied or restored: nothing costly goes until an operator adopts it |
/// | store.blocked | the disk refuses writes, or the file is gone: nothing costly is sent                    |
/// | store.resumed | the store takes writes again                                                            |
std::vector<events::event> store_events(const ledger::store_health& before, const ledger::store_health& now);

/// store.created, for a store that this process made.
events::event store_created_event(const std::string& state_dir);

} // namespace ulak::daemon
