// Handler of the events as NDJSON.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/events: ?after=SEQ&follow=1
task<http::reply> get_events(request_context& c);

} // namespace ulak::control
