// TLS between memory buffers: OpenSSL never sees the socket. A third of the memory of asio::ssl::stream, and faster.
#pragma once

#include "http/openssl_ptr.hpp"
#include "http/stream.hpp"

#include <vector>

namespace ulak::http {

class tls_stream final : public stream {
  public:
    /// `ssl` is set to accept or to connect already.
    tls_stream(stream_socket socket, openssl_ptr<SSL> ssl);
    ~tls_stream() override;

    /// A failure of TLS itself is asio::error::access_denied, with `reason()`.
    task<error_code> handshake() override;
    task<transfer> read_some(std::span<char> into) override;
    task<error_code> write(std::string_view bytes) override;
    bool quiet() override;
    void finish() noexcept override;

    /// Without waiting: how many bytes of content are there that nobody asked for. They are lost. `all` also looks at
    /// the socket, which costs a system call.
    std::size_t drain(bool all);
    /// Gives back what an idle connection does not need.
    void rest() noexcept { std::vector<char>().swap(arrived_); }
    bool resumed() const noexcept { return SSL_session_reused(ssl_.get()) == 1; }
    SSL* native() const noexcept { return ssl_.get(); }

  private:
    task<error_code> fill();
    task<error_code> flush();
    void take_what_is_there();
    void take(std::size_t bytes);
    error_code broken(int why);

    openssl_ptr<SSL> ssl_;
    BIO* in_;  ///< owned by ssl_
    BIO* out_; ///< owned by ssl_
    std::vector<char> arrived_;
};

} // namespace ulak::http
