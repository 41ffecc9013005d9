// Handlers of the files: their JSON Schemas, and the reload.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/schema/job
task<http::reply> get_job_schema(request_context& c);
/// GET /v1/schema/config
task<http::reply> get_config_schema(request_context& c);
/// POST /v1/reload: ?dry_run=1 only says what would change
task<http::reply> post_reload(request_context& c);

} // namespace ulak::control
