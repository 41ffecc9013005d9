// Requests to a server on a Unix socket, for command-line tools: one connection each, no TLS, "Host: ulak".
#pragma once

#include "http/message.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace ulak::http {

/// One request and its response. Any number of calls may run at once. Errors:
/// - errc::connect_failed, not_sent: nobody listens at the path
/// - errc::invalid_argument, not_sent: the path or the request cannot be used
/// - errc::timed_out, errc::cancelled, errc::connection_lost
/// - errc::malformed, errc::too_large
task<exchange> send_local(async::clock& clock, std::string socket_path, request r, async::steady_point deadline);

/// A response without an end, piece by piece, until it ends, `on_bytes` returns false, or the caller cancels
/// (errc::cancelled). A status other than 200 is errc::unavailable with `http_status` and the body as its message.
task<result<void>> follow_local(async::clock& clock, std::string socket_path, request r,
                                std::function<bool(std::string_view)> on_bytes);

} // namespace ulak::http
