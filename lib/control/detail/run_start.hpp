// What every start of a run on request has in common.
#pragma once

#include "control/detail/request_context.hpp"

#include <chrono>

namespace ulak::control {

/// Who asks, as a start_request has it: "uid:1000".
std::string caller_of(const http::incoming_request& request);

/// A manual start of the job under the request's Idempotency-Key. errc::invalid_argument: the key is too long.
result<engine::start_request> read_start_request(const http::incoming_request& request, std::string job);

/// The run as it is when it ends, when `wait` is over, or when the wait is broken off: its client left, or its place
/// was needed. `broken_off` says so, if it is given.
task<result<ledger::run_record>> wait_for_end(request_context& c, run_id id, std::chrono::milliseconds wait,
                                              bool* broken_off = nullptr);

/// Waits as long as the caller will (?wait=) and shows the run: 201 once it is final, else 202.
task<http::reply> follow_run(request_context& c, run_id id);

/// Starts it and follows it; nothing is begun for a caller whose ?wait= cannot be read.
task<http::reply> start_and_follow(request_context& c, engine::start_request request);

} // namespace ulak::control
