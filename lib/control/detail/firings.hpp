// Handlers of the coming firings: ?n= from 1 to 500, ?from= a time in RFC 3339.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/jobs/{job}/next: also those that were dropped, and why there is none
task<http::reply> get_next(request_context& c);
/// GET /v1/next
task<http::reply> get_all_next(request_context& c);

} // namespace ulak::control
