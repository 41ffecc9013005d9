// The clients that the daemon gives to its accounts.
#pragma once

#include "http/client.hpp"
#include "http/resolver.hpp"

#include <memory>
#include <string>

namespace ulak::http {

/// One account's way to its provider.
struct client_settings {
    explicit client_settings(origin where_) : server_origin(std::move(where_)) {}

    origin server_origin;
    std::string ca_file{}; ///< PEM file or hashed folder; empty: the system's
    std::size_t max_connections = 8;
    std::chrono::milliseconds connect_timeout{
        10'000};                                 ///< resolve, connect and TLS of one attempt, inside the deadline
    std::chrono::milliseconds idle_timeout{30'000}; ///< a kept connection older than this is closed, not used
    bool allow_private_addresses = true; ///< may the name resolve to loopback or private ranges? false for public providers
};

/// TLS contexts are shared by trust (ca_file), sessions and connections belong to this client alone. Errors: an
/// unreadable or empty CA file (errc::invalid_argument with the path).
result<std::unique_ptr<client>> make_client(executor ex, async::clock& time, std::shared_ptr<resolver> names,
                                            client_settings settings);

} // namespace ulak::http
