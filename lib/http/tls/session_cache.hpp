// TLS sessions that a client may resume.
#pragma once

#include "http/tls/openssl_ptr.hpp"

#include <vector>

namespace ulak::http {

/// Sessions of one client, hence of one origin, one trust store and one account. Resumption skips the verification of
/// the certificate, so a session must never be offered anywhere else. Holds at most 16; the oldest gives way.
class session_cache {
  public:
    /// Takes the sessions of connections with this context from now on, and forgets those of another one: what it
    /// trusted may be trusted no more.
    void bind(SSL_CTX* context);
    /// False: it comes from another context and stays the caller's.
    bool put(const SSL_CTX* from, SSL_SESSION* session);
    /// The newest one that can still be resumed; null if there is none. A TLS 1.3 ticket leaves the cache with it, a
    /// TLS 1.2 session stays.
    openssl_ptr<SSL_SESSION> take();

  private:
    openssl_ptr<SSL_CTX> context_{};                   ///< held, so that no other one has its address
    std::vector<openssl_ptr<SSL_SESSION>> sessions_{}; ///< the newest last
};

} // namespace ulak::http
