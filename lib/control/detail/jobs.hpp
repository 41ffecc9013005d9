// Handlers of /v1/jobs: what there is, what a run would do, and whether it may begin.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// GET /v1/jobs
task<http::reply> get_jobs(request_context& c);
/// GET /v1/jobs/{job}
task<http::reply> get_job(request_context& c);
/// POST /v1/jobs/{job}/plan
task<http::reply> post_plan(request_context& c);
/// POST /v1/jobs/{job}/pause: answers with the job as it is then
task<http::reply> post_pause(request_context& c);
/// POST /v1/jobs/{job}/resume
task<http::reply> post_resume(request_context& c);

} // namespace ulak::control
