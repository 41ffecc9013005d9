// Handlers of the opt-out list. All numbers of a request are taken, or none.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/suppressions
task<http::reply> get_suppressions(request_context& c);
/// POST /v1/suppressions: from 1 to 10000 numbers, or all of a provider's list
task<http::reply> post_suppressions(request_context& c);
/// DELETE /v1/suppressions, with the number in the path, the query or the body
task<http::reply> delete_suppressions(request_context& c);

} // namespace ulak::control
