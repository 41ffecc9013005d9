// Handlers of /v1/runs and of the start of a job's run.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// POST /v1/jobs/{job}/runs
task<http::reply> post_run(request_context& c);
/// GET /v1/runs: newest first; ?job=&state=&limit=&before=
task<http::reply> get_runs(request_context& c);
/// GET /v1/runs/{id}: ?wait= waits for its end
task<http::reply> get_run(request_context& c);
/// POST /v1/runs/{id}/cancel: 200 if it is final by the end of ?wait=, else 202
task<http::reply> post_cancel(request_context& c);
/// POST /v1/runs/{id}/pause and /resume: 200 with the run
task<http::reply> post_run_pause(request_context& c);
task<http::reply> post_run_resume(request_context& c);

} // namespace ulak::control
