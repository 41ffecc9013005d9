// Which servers a client trusts: the TLS settings and root certificates of its connections.
#pragma once

#include "http/origin.hpp"
#include "http/tls/openssl_ptr.hpp"
#include "http/tls/session_cache.hpp"

#include <sys/types.h>

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ulak::http {

/// One SSL_CTX with the strict settings and one set of root certificates: TLS 1.2 or 1.3 with forward secrecy, every
/// certificate verified, HTTP/1.1 by ALPN.
class trust_store {
  public:
    /// `ca_file`: PEM file or folder with hash links; empty: the system's. The same file, unchanged, gives the same
    /// object as long as anybody holds it.
    /// - errc::invalid_argument, with the path: no certificate can be read there
    static result<std::shared_ptr<trust_store>> load(const std::string& ca_file);
    /// All that anybody holds.
    static std::vector<std::shared_ptr<trust_store>> live();

    const std::string& ca_file() const noexcept { return ca_file_; }
    /// Whether the file is another than the one that was read.
    bool is_outdated() const { return state_of(ca_file_) != read_; }
    /// Reads the file anew. Connections that are up keep the roots that they were made with, and are not current any
    /// more.
    /// - errc::invalid_argument, as load; the roots stay as they were
    result<void> renew();
    /// Whether a connection was made with the roots that are in force.
    bool is_current(SSL* ssl) const noexcept { return SSL_get_SSL_CTX(ssl) == context_.get(); }

    /// Ready for a handshake with `where`, whose name or address the certificate must carry. Offers the newest session
    /// of `sessions`, which must outlive the result and receives its new ones. Throws std::bad_alloc.
    openssl_ptr<SSL> make_ssl(const origin& where, session_cache& sessions) const;

    explicit trust_store(std::string ca_file) : ca_file_(std::move(ca_file)) {}

  private:
    /// Identifies a file and its content: a file that changed is another.
    using file_state = std::tuple<dev_t, ino_t, off_t, time_t, long>;
    static file_state state_of(const std::string& path);

    std::string ca_file_;
    file_state read_{};
    openssl_ptr<SSL_CTX> context_{};
};

} // namespace ulak::http
