// A connection of a client, in use or idle.
#pragma once

#include "http/client/http_exchange.hpp"
#include "http/tls/tls_stream.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ulak::http {

struct connection {
    explicit connection(tls_stream_ptr stream_) : stream(std::move(stream_)) {}

    tls_stream_ptr stream;
    std::uint64_t id = 0;   ///< within its pool
    std::string outgoing{}; ///< one buffer for every request; wiped after each, because requests hold secrets
    bool reusable = false;  ///< after an exchange: it ended cleanly, at the end of the message
    async::steady_point idle_since{};
    std::optional<deadline_callback> idle_deadline{}; ///< armed while idle
    /// The exchange under way. Here rather than in a coroutine's frame, because Asio reuses small frames only.
    std::optional<http_exchange> active{};
};

} // namespace ulak::http
