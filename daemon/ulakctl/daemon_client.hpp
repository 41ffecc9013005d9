// Requests to the daemon's control API, one after the other.
#pragma once

#include "ulakctl/daemon_transport.hpp"

#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace ulak::ctl {

/// How long a request without a timeout of its own may take.
inline constexpr std::chrono::seconds default_timeout{100};

/// All calls block and return the JSON of the response. Errors:
/// - errc::connect_failed: no daemon listens
/// - errc::timed_out
/// - errc::contract: the response is not JSON, so something else listens there
/// - errc::conflict: the daemon refuses; with the HTTP status, its detail as the message, and its code in
///   `provider_code`
class daemon_client {
  public:
    explicit daemon_client(std::string socket) : daemon_client(make_unix_transport(socket), socket) {}
    /// `socket` is only named in messages.
    daemon_client(std::shared_ptr<daemon_transport> transport, std::string socket)
        : transport_(std::move(transport)), socket_(std::move(socket))
    {}

    result<boost::json::value> get(const std::string& target, std::chrono::milliseconds timeout = default_timeout);
    result<boost::json::value> post(const std::string& target, const boost::json::value& body,
                                    http::header_list headers = {},
                                    std::chrono::milliseconds timeout = default_timeout);
    result<boost::json::value> remove(const std::string& target);

    /// Calls `on_line` for each line, without its end, until the daemon ends the response.
    result<void> follow(const std::string& target, std::function<void(std::string_view line)> on_line);

    const std::string& socket() const noexcept { return socket_; }

  private:
    result<boost::json::value> send(http::request r, std::chrono::milliseconds timeout);

    std::shared_ptr<daemon_transport> transport_;
    std::string socket_;
};

} // namespace ulak::ctl
