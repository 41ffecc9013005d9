// Who may ask what.
#pragma once

#include "core/error.hpp"
#include "http/server.hpp"

namespace ulak::control {

/// `metrics` sees GET /metrics alone; `view` reads, with numbers and codes masked; `operate` changes things; `admin` is
/// root or the daemon's own user.
enum class access_level { metrics, view, operate, admin };

/// By the listener, and on the operators' socket by the peer's credentials: the socket file's permissions have already
/// kept out who is not of its group.
access_level level_of(const http::peer& from, uid_t own_uid) noexcept;

/// Browsers cannot be talked into this: a request with Origin or Referer, be they empty, or for another Host than
/// `ulak` or `localhost`, is refused. The metrics listener takes an address or `localhost`, with or without a port: a
/// name of somebody else's may resolve to it.
result<void> check_caller(const http::incoming_request& request);

} // namespace ulak::control
