// The control API as an OpenAPI document, made from the table of routes.
#pragma once

#include "control/detail/request_context.hpp"

#include <boost/json/object.hpp>

namespace ulak::control {

/// OpenAPI 3.1. It tells paths, parameters, who may ask, and that errors are problem+json; bodies and answers are
/// objects, which README and the manual describe.
boost::json::object openapi_document();

/// GET /v1/openapi.json
task<http::reply> get_openapi(request_context& c);

} // namespace ulak::control
