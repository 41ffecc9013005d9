// TLS between memory buffers: OpenSSL never sees a socket. A third of the memory of asio::ssl::stream, and faster.
#pragma once

#include "http/detail/transfer.hpp"
#include "http/tls/openssl_ptr.hpp"
#include "http/tls/tls_wire.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace ulak::http {

/// One side of a TLS connection without its transport. The owner puts the peer's bytes in with `feed`, and sends what
/// stands in `outbound`. Nothing here waits or makes a system call. Results of handshake(), read() and look():
///   asio::error::would_block     more of the peer's bytes are needed
///   asio::error::eof             the peer ended the stream with close_notify
///   asio::error::access_denied   TLS itself failed; `reason()` says why
class tls_engine {
  public:
    /// `ssl` is set to accept or to connect already.
    explicit tls_engine(openssl_ptr<SSL> ssl);
    ~tls_engine();

    /// Call again after each `feed` until it succeeds. A failure may leave an alert in `outbound`.
    error_code handshake();
    /// Content that is there already.
    transfer read(std::span<char> into);
    /// Like a read of one byte that leaves it there: no error where content waits.
    error_code look();
    /// Drops all content that is there already; how many bytes.
    std::size_t discard();
    /// Encrypts the first part of `plain`, at most 64 KiB, and removes it.
    error_code encrypt(std::string_view& plain);
    /// Puts close_notify into `outbound`.
    void close() noexcept;

    /// `bytes` must stay until has_input() is false.
    void feed(std::string_view bytes) noexcept { wire_.inbound = bytes; }
    bool has_unread_bytes() const noexcept { return !wire_.inbound.empty(); } ///< fed and not taken yet
    bool has_input() const noexcept; ///< the same, or bytes of a record that OpenSSL holds
    std::string& outbound() noexcept { return wire_.outbound; }
    const std::string& outbound() const noexcept { return wire_.outbound; }

    /// OpenSSL's buffers are kept between requests from here on, which makes the next ones cheaper.
    void keep_buffers() noexcept;
    /// Gives all buffers back, until they are needed.
    void free_buffers() noexcept;

    const std::string& reason() const noexcept { return reason_; } ///< of the last failure of TLS, for an operator
    bool resumed() const noexcept { return SSL_session_reused(ssl_.get()) == 1; }
    SSL* native() const noexcept { return ssl_.get(); }

  private:
    error_code fail(int why);

    tls_wire wire_;
    openssl_ptr<SSL> ssl_; ///< after the wire, which must outlive it
    std::string reason_{};
};

} // namespace ulak::http
