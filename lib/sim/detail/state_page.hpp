// The state of the simulator as JSON, for "/_sim/state".
#pragma once

#include "sim/detail/world_state.hpp"

#include <cstddef>
#include <string>

namespace ulak::sim::admin {

/// Time, balances, faults, and the newest `limit` numbers, sends and orders of each account, newest first.
std::string describe_state(world_state& w, std::size_t limit);

} // namespace ulak::sim::admin
