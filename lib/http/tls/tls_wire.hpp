// What OpenSSL takes for its socket: bytes in memory, without the copies and resets of OpenSSL's own memory BIO.
#pragma once

#include "http/tls/openssl_ptr.hpp"

#include <string>
#include <string_view>

namespace ulak::http {

/// Must not move, and must outlive the SSL that it is attached to.
struct tls_wire {
    tls_wire() = default;
    tls_wire(const tls_wire&) = delete;
    tls_wire& operator=(const tls_wire&) = delete;

    /// Throws std::bad_alloc.
    void attach(SSL* ssl);

    std::string_view inbound{}; ///< from the peer; OpenSSL removes what it takes from the front
    std::string outbound{};     ///< to the peer; OpenSSL appends
};

} // namespace ulak::http
