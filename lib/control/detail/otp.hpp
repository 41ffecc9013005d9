// Handler of a one-time code that no job file asks for: the answer to `ulakctl otp --account A --service S`.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// POST /v1/otp: composes a job of kind otp.acquire and starts it, as /v1/jobs/{job}/runs does
task<http::reply> post_otp(request_context& c);

} // namespace ulak::control
