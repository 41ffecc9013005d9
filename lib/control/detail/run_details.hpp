// Handlers of a run's recipients and costly calls.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/runs/{id}/items: by position; ?state=&limit=&after=
task<http::reply> get_items(request_context& c);
/// GET /v1/runs/{id}/effects: oldest first
task<http::reply> get_effects(request_context& c);

} // namespace ulak::control
