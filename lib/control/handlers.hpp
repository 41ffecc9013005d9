// One coroutine per route, grouped by file as they are here.
#pragma once

#include "control/desk.hpp"

namespace ulak::control {

// status.cpp
task<http::reply> get_index(call& c);
task<http::reply> get_status(call& c);
task<http::reply> get_health(call& c);
task<http::reply> post_adopt(call& c);
task<http::reply> get_job_schema(call& c);
task<http::reply> get_config_schema(call& c);
task<http::reply> post_reload(call& c);

// jobs.cpp
task<http::reply> get_jobs(call& c);
task<http::reply> get_job(call& c);
task<http::reply> get_next(call& c);
task<http::reply> get_all_next(call& c);
task<http::reply> post_plan(call& c);
task<http::reply> post_pause(call& c);
task<http::reply> post_resume(call& c);

// runs.cpp
/// What every start has in common: whose run it is, by hand, under which key.
result<engine::start_request> start_of(const http::incoming_request& in, std::string job);
/// Waits as long as the caller will, and shows the run.
task<http::reply> follow_run(call& c, run_id id);
/// Starts it and follows it.
task<http::reply> begin_run(call& c, engine::start_request request);
task<http::reply> post_run(call& c);
task<http::reply> get_runs(call& c);
task<http::reply> get_run(call& c);
task<http::reply> get_items(call& c);
task<http::reply> get_effects(call& c);
task<http::reply> post_cancel(call& c);

// otp.cpp
task<http::reply> post_otp(call& c);

// money.cpp
task<http::reply> get_attention(call& c);
task<http::reply> post_resolve(call& c);
task<http::reply> get_accounts(call& c);
task<http::reply> get_balance(call& c);
task<http::reply> get_services(call& c);
task<http::reply> get_spend(call& c);

// suppressions.cpp
task<http::reply> get_suppressions(call& c);
task<http::reply> post_suppressions(call& c);
task<http::reply> delete_suppressions(call& c);

// feed.cpp
task<http::reply> get_events(call& c);

// metrics.cpp
task<http::reply> get_metrics(call& c);

} // namespace ulak::control
