// One coroutine per route, grouped by file as they are here.
#pragma once

#include "control/detail/server_state.hpp"

namespace ulak::control {

// status.cpp
task<http::reply> get_index(request_context& c);
task<http::reply> get_status(request_context& c);
task<http::reply> get_health(request_context& c);
task<http::reply> post_adopt(request_context& c);
task<http::reply> get_job_schema(request_context& c);
task<http::reply> get_config_schema(request_context& c);
task<http::reply> post_reload(request_context& c);

// jobs.cpp
task<http::reply> get_jobs(request_context& c);
task<http::reply> get_job(request_context& c);
task<http::reply> get_next(request_context& c);
task<http::reply> get_all_next(request_context& c);
task<http::reply> post_plan(request_context& c);
task<http::reply> post_pause(request_context& c);
task<http::reply> post_resume(request_context& c);

// runs.cpp
/// What every start has in common: whose run it is, by hand, under which key.
result<engine::start_request> read_start_request(const http::incoming_request& in, std::string job);
/// Waits as long as the caller will, and shows the run.
task<http::reply> follow_run(request_context& c, run_id id);
/// Starts it and follows it.
task<http::reply> start_and_follow(request_context& c, engine::start_request request);
task<http::reply> post_run(request_context& c);
task<http::reply> get_runs(request_context& c);
task<http::reply> get_run(request_context& c);
task<http::reply> get_items(request_context& c);
task<http::reply> get_effects(request_context& c);
task<http::reply> post_cancel(request_context& c);

// otp.cpp
task<http::reply> post_otp(request_context& c);

// money.cpp
task<http::reply> get_attention(request_context& c);
task<http::reply> post_resolve(request_context& c);
task<http::reply> get_accounts(request_context& c);
task<http::reply> get_balance(request_context& c);
task<http::reply> get_services(request_context& c);
task<http::reply> get_spend(request_context& c);

// suppressions.cpp
task<http::reply> get_suppressions(request_context& c);
task<http::reply> post_suppressions(request_context& c);
task<http::reply> delete_suppressions(request_context& c);

// feed.cpp
task<http::reply> get_events(request_context& c);

// metrics.cpp
task<http::reply> get_metrics(request_context& c);

} // namespace ulak::control
