// Names to addresses without letting one stuck lookup delay another or the stop.
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
    /// errc::resolve_failed, errc::timed_out or errc::cancelled. A literal address and localhost are answered without asking.
    virtual task<result<endpoints>> resolve(std::string host, std::string port, async::steady_point deadline) = 0;
};

/// getaddrinfo on a few threads of its own; at destruction no stuck thread is waited for. Answers are kept for 60 s, and
/// for an hour they serve where the name server is away or takes longer than two seconds.
std::shared_ptr<resolver> make_resolver(executor ex, async::clock& time);

} // namespace ulak::http
