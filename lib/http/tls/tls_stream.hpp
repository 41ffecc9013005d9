// A stream over TLS: drives a tls_engine with the bytes of a socket.
#pragma once

#include "http/detail/stream.hpp"
#include "http/tls/receive_buffer.hpp"
#include "http/tls/tls_engine.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>

#include <optional>

namespace ulak::http {

/// Beside the operations of a stream it offers read_some() and write() in halves, so that a step that need not wait
/// costs no coroutine:
///   read    read_now(), and after would_block receive()
///   write   write_now(), and where it came to no end write_rest()
class tls_stream final : public stream {
  public:
    /// `ssl` is set to accept or to connect already.
    tls_stream(stream_socket socket, openssl_ptr<SSL> ssl);

    /// A failure of TLS itself is asio::error::access_denied, with `reason()`.
    task<error_code> handshake() override;
    task<transfer> read_some(std::span<char> into) override;
    task<error_code> write(std::string_view bytes) override;
    bool is_usable() override;
    void shutdown() noexcept override;

    /// What is there already, without a system call; asio::error::would_block: receive() first.
    transfer read_now(std::span<char> into);
    task<error_code> receive(); ///< waits for more of the peer's bytes
    /// receive() without a coroutine, where has_unsent() is false: `co_await async_receive()`, then receive_error().
    auto async_receive();
    bool has_unsent() const noexcept { return !engine_.outbound().empty(); }
    error_code receive_error() const noexcept { return receive_error_; }
    /// How the write ended, if it could end without waiting. Nothing: write_rest() must follow, and `bytes` must stay.
    std::optional<error_code> write_now(std::string_view bytes);
    task<error_code> write_rest();

    /// Without waiting: drops content that nobody asked for; how many bytes. `all` also reads the socket, which costs
    /// a system call.
    std::size_t drain(bool all);
    /// Gives back what a connection needs only while it waits for a response.
    void release_receive_buffer() noexcept;
    /// Keeps OpenSSL's buffers for the next requests, until free_tls_buffers().
    void keep_tls_buffers() noexcept { engine_.keep_buffers(); }
    void free_tls_buffers() noexcept { engine_.free_buffers(); }
    bool resumed() const noexcept { return engine_.resumed(); }
    SSL* native() const noexcept { return engine_.native(); }

  private:
    void on_received(error_code ec, std::size_t bytes) noexcept;
    bool receive_now();
    bool flush_now(error_code& ec);
    task<error_code> flush();
    error_code record_tls_end(error_code ec);

    tls_engine engine_;
    receive_buffer receive_buffer_{};
    std::string_view unwritten_{}; ///< of the write that is under way
    std::size_t flushed_ = 0;      ///< bytes of the engine's outbound that the socket took
    error_code receive_error_{};
};

inline auto tls_stream::async_receive()
{
    namespace asio = boost::asio;
    auto space = receive_buffer_.prepare();
    auto note = [this](error_code ec, std::size_t bytes) {
        on_received(ec, bytes);
        return asio::deferred.values(bytes);
    };
    return socket_.async_read_some(asio::buffer(space.data(), space.size()), asio::deferred(note));
}

} // namespace ulak::http
