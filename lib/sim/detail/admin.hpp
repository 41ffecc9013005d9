// "/_sim/": the log, the state, faults, an SMS by hand, money and time. For tests and people; no provider has it.
#pragma once

#include "http/server.hpp"
#include "sim/detail/world_state.hpp"

namespace ulak::sim::admin {

/// Answers a request below "/_sim" by the table of routes; 404 and 405 for what is not in it.
http::reply serve(world_state& w, const http::incoming_request& in);

} // namespace ulak::sim::admin
