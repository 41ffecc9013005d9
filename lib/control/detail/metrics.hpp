// Handler of the metrics in Prometheus' text format. Labels: account, provider, kind, outcome; never a phone number or
// a run.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /metrics
task<http::reply> get_metrics(request_context& c);

} // namespace ulak::control
