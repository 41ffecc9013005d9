// Handlers of what only an operator can settle.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/attention: ?all=1 with the resolved ones
task<http::reply> get_attention(request_context& c);
/// POST /v1/attention/{id}/resolve
task<http::reply> post_resolve(request_context& c);

} // namespace ulak::control
