// "/_sim/": the ledger, the state, faults, an SMS by hand, money and time. For tests and people, no provider has it.
#pragma once

#include "http/server.hpp"
#include "sim/world_state.hpp"

namespace ulak::sim::admin {

http::reply serve(world_state& w, const http::incoming_request& in);

/// Everything that the simulator knows, the newest `limit` of each list.
std::string describe_state(world_state& w, std::size_t limit);

} // namespace ulak::sim::admin
