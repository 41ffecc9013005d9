// The way to the daemon: requests over its Unix socket, one after the other.
#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace ulak::ctl {

/// How long a request without a wait of its own may take.
inline constexpr std::chrono::seconds default_timeout{100};

class daemon_client {
  public:
    explicit daemon_client(std::string socket) : socket_(std::move(socket)) {}

    /// The answer's JSON. errc::connect_failed: no daemon. A refusal of the daemon comes as an error with its own code
    /// where there is one (`provider_code` holds the word), its detail as the message and the HTTP status.
    result<boost::json::value> get(const std::string& target, std::chrono::milliseconds patience = default_timeout);
    result<boost::json::value> post(const std::string& target, const boost::json::value& body,
                                    http::header_list headers = {},
                                    std::chrono::milliseconds patience = default_timeout);
    result<boost::json::value> remove(const std::string& target);

    /// Line by line until the daemon ends it.
    result<void> follow(const std::string& target, std::function<void(std::string_view line)> on_line);

    const std::string& socket() const noexcept { return socket_; }

  private:
    result<boost::json::value> ask(http::request r, std::chrono::milliseconds patience);
    std::string socket_;
};

} // namespace ulak::ctl
