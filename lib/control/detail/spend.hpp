// Handler of what was spent.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/spend: ?by=job|account|day, days in the daemon's zone
task<http::reply> get_spend(request_context& c);

} // namespace ulak::control
