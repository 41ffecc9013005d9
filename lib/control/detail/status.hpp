// Handlers of the daemon as a whole: its routes, its status and its health.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/: every route with a line of help
task<http::reply> get_index(request_context& c);
/// GET /v1/status
task<http::reply> get_status(request_context& c);
/// GET /v1/health: 503 while the daemon cannot do its work
task<http::reply> get_health(request_context& c);
/// POST /v1/adopt: the operator has looked at the held store
task<http::reply> post_adopt(request_context& c);

/// POST /v1/clock/confirm: the operator has looked at the machine's clock
task<http::reply> post_clock_confirm(request_context& c);

} // namespace ulak::control
