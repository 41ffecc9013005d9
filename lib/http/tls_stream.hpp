// TLS between memory buffers: OpenSSL never sees the socket. A third of the memory of asio::ssl::stream, and faster.
#pragma once

#include "http/receive_buffer.hpp"
#include "http/openssl_ptr.hpp"
#include "http/stream.hpp"
#include "http/tls_wire.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>

#include <optional>

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
    bool is_usable() override;
    void shutdown() noexcept override;

    /// read_some() and write() in halves, so that what need not wait costs no coroutine.
    /// What is there already, without a system call; asio::error::would_block: fill() first.
    transfer read_now(std::span<char> into);
    task<error_code> receive(); ///< waits for more of the peer's bytes
    /// fill() without a coroutine, where nothing is unsent: `co_await next_arrival()`, then see arrival_failed().
    bool has_unsent() const noexcept { return !wire_.outbound.empty(); }
    auto async_receive();
    error_code receive_error() const noexcept { return receive_error_; }
    /// How the write ended, if it could end without waiting; nothing: write_rest() must follow, `bytes` must stay.
    std::optional<error_code> write_now(std::string_view bytes);
    task<error_code> write_rest();

    /// Without waiting: how many bytes of content are there that nobody asked for. They are lost. `all` also looks at
    /// the socket, which costs a system call.
    std::size_t drain(bool all);
    /// Gives back what a connection needs only while it waits for an answer.
    void release_receive_buffer() noexcept;
    /// OpenSSL's buffers are kept from here on, which makes the next requests cheaper, until shrink().
    void keep_tls_buffers() noexcept;
    void free_tls_buffers() noexcept;
    bool resumed() const noexcept { return SSL_session_reused(ssl_.get()) == 1; }
    SSL* native() const noexcept { return ssl_.get(); }

  private:
    bool has_buffered_input() const noexcept;
    void on_received(error_code failed, std::size_t bytes) noexcept;
    std::size_t discard_buffered();
    bool receive_now();
    error_code encrypt_slice();
    bool flush_now(error_code& failed);
    task<error_code> flush();
    error_code fail(int why);

    tls_wire wire_;
    openssl_ptr<SSL> ssl_;
    receive_buffer receive_buffer_{};
    std::string_view unwritten_{}; ///< of the write that is under way
    std::size_t flushed_ = 0;      ///< of what is leaving
    error_code receive_error_{};
};

inline auto tls_stream::async_receive()
{
    namespace asio = boost::asio;
    auto room = receive_buffer_.prepare();
    auto note = [this](error_code failed, std::size_t bytes) {
        on_received(failed, bytes);
        return asio::deferred.values(bytes);
    };
    return socket_.async_read_some(asio::buffer(room.data(), room.size()), asio::deferred(note));
}

} // namespace ulak::http
