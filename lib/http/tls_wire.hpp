// What OpenSSL believes to be its socket: bytes in memory, without the copies and resets of OpenSSL's own memory BIO.
// Private to this room.
#pragma once

#include "http/openssl_ptr.hpp"

#include <string>
#include <string_view>

namespace ulak::http {

/// Must stay where it is, and outlive the SSL that it was given to.
struct tls_wire {
    tls_wire() = default;
    tls_wire(const tls_wire&) = delete;
    tls_wire& operator=(const tls_wire&) = delete;

    void attach(SSL* ssl);

    std::string_view inbound{}; ///< from the peer; OpenSSL takes it off the front
    std::string outbound{};      ///< to the peer; OpenSSL appends
};

} // namespace ulak::http
