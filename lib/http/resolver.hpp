// Names to addresses. One stuck lookup delays neither another one nor the stop of the process.
#pragma once

#include "http/message.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <vector>

namespace ulak::http {

using endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

class resolver {
  public:
    virtual ~resolver() = default;
    /// Never an empty list. Literal addresses and localhost need no lookup. Errors, all not_sent:
    /// - errc::invalid_argument: not a port number
    /// - errc::resolve_failed: the name has no address, or its name server is away
    /// - errc::timed_out, errc::cancelled
    virtual task<result<endpoints>> resolve(std::string host, std::string port, async::steady_point deadline) = 0;
};

/// Calls getaddrinfo on a few threads of its own; its destruction waits for none of them. Addresses are fresh for 60 s.
/// For an hour they serve where the name server is away or takes longer than two seconds.
std::shared_ptr<resolver> make_resolver(executor ex, async::clock& clock);

} // namespace ulak::http
