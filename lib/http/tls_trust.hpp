// Whom a client believes, and what it remembers of earlier handshakes. Private to this room.
#pragma once

#include "http/openssl_ptr.hpp"

#include "core/error.hpp"
#include "http/message.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ulak::http {

/// TLS sessions of one client, hence of one origin, one trust and one account: resumption skips the look at the
/// certificate, so a session must never be offered in another place.
class session_cache {
  public:
    void put(openssl_ptr<SSL_SESSION> session);
    /// Null if there is none. A TLS 1.3 ticket leaves the store with it, a TLS 1.2 session stays.
    openssl_ptr<SSL_SESSION> take();

  private:
    std::vector<openssl_ptr<SSL_SESSION>> sessions_; ///< the newest last
};

/// One SSL_CTX with the strict rules and one set of roots.
class trust_store {
  public:
    /// PEM file or hashed folder; empty: the system's. The same file, unchanged, gives the same object as long as
    /// anybody holds it. Errors: errc::invalid_argument with the path.
    static result<std::shared_ptr<trust_store>> load(const std::string& ca_file);

    /// Ready for a handshake with `where`, whose name or address the certificate must carry.
    openssl_ptr<SSL> make_ssl(const origin& where, session_cache& sessions) const;

    explicit trust_store(openssl_ptr<SSL_CTX> context) : context_(std::move(context)) {}

  private:
    openssl_ptr<SSL_CTX> context_;
};

} // namespace ulak::http
