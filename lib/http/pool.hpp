// Makes the clients that the daemon gives to its accounts: each a pool of connections to one origin.
#pragma once

#include "http/client.hpp"
#include "http/resolver.hpp"

#include <memory>
#include <string>

namespace ulak::http {

/// How one account reaches its provider.
struct client_settings {
    explicit client_settings(origin server_origin_) : server_origin(std::move(server_origin_)) {}

    origin server_origin;
    std::string ca_file{}; ///< PEM file or folder with hash links; empty: the system's
    std::size_t max_connections = 8;
    std::chrono::milliseconds connect_timeout{10'000}; ///< resolve, connect and TLS of one attempt, inside the deadline
    std::chrono::milliseconds idle_timeout{30'000};    ///< an idle connection older than this is closed, not used
    bool allow_private_addresses =
        true; ///< may the name resolve to loopback or private ranges? no for public providers
};

/// `clock` and the loop of `ex` must outlive the client and its requests. Clients with the same ca_file share one TLS
/// context; sessions and connections belong to this client alone.
/// - errc::invalid_argument, with the path: the CA file cannot be read or is empty
result<std::unique_ptr<client>> make_client(executor ex, async::clock& clock, std::shared_ptr<resolver> names,
                                            client_settings settings);

} // namespace ulak::http
