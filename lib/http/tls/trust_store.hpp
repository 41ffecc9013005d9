// Which servers a client trusts: the TLS settings and root certificates of its connections.
#pragma once

#include "http/origin.hpp"
#include "http/tls/openssl_ptr.hpp"
#include "http/tls/session_cache.hpp"

#include <memory>
#include <string>

namespace ulak::http {

/// One SSL_CTX with the strict settings and one set of root certificates: TLS 1.2 or 1.3 with forward secrecy, every
/// certificate verified, HTTP/1.1 by ALPN.
class trust_store {
  public:
    /// `ca_file`: PEM file or folder with hash links; empty: the system's. The same file, unchanged, gives the same
    /// object as long as anybody holds it.
    /// - errc::invalid_argument, with the path: no certificate can be read there
    static result<std::shared_ptr<trust_store>> load(const std::string& ca_file);

    /// Ready for a handshake with `where`, whose name or address the certificate must carry. Offers the newest session
    /// of `sessions`, which must outlive the result and receives its new ones. Throws std::bad_alloc.
    openssl_ptr<SSL> make_ssl(const origin& where, session_cache& sessions) const;

    explicit trust_store(openssl_ptr<SSL_CTX> context) : context_(std::move(context)) {}

  private:
    openssl_ptr<SSL_CTX> context_;
};

} // namespace ulak::http
