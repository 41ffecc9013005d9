// How requests reach the daemon.
#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace ulak::ctl {

class daemon_transport {
  public:
    virtual ~daemon_transport() = default;
    /// One request and its response; blocks. Errors: see http::send_local.
    virtual result<http::response> send(http::request r, std::chrono::milliseconds timeout) = 0;
    /// Passes on a response without an end as it comes, until it ends or `on_bytes` returns false; blocks. Errors: see
    /// http::follow_local.
    virtual result<void> follow(http::request r, std::function<bool(std::string_view)> on_bytes) = 0;
    /// Waits before a request is sent again.
    virtual void pause(std::chrono::milliseconds span) = 0;
};

/// Over the Unix socket at `socket`, a connection for each request.
std::shared_ptr<daemon_transport> make_unix_transport(std::string socket);

} // namespace ulak::ctl
