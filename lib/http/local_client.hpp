// Requests to a daemon on a Unix socket, for command-line tools: one connection each, no TLS, "Host: ulak".
#pragma once

#include "http/message.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace ulak::http {

/// One request and its answer. errc::connect_failed where nobody listens at the path (not_sent), errc::timed_out,
/// errc::cancelled, errc::malformed. Any number of calls may run at once.
task<exchange> send_local(async::clock& time, std::string socket_path, request r, async::steady_point deadline);

/// An answer without an end, piece by piece, until it ends, `on_bytes` says false, or the caller cancels
/// (errc::cancelled). A status other than 200 is an error with `http_status` and the body as its message.
task<result<void>> follow_local(async::clock& time, std::string socket_path, request r,
                                std::function<bool(std::string_view)> on_bytes);

} // namespace ulak::http
