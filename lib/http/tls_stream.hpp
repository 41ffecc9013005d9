// TLS between memory buffers: OpenSSL never sees the socket. A third of the memory of asio::ssl::stream, and faster.
#pragma once

#include "http/landing_place.hpp"
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
    bool quiet() override;
    void finish() noexcept override;

    /// read_some() and write() in halves, so that what need not wait costs no coroutine.
    /// What is there already, without a system call; asio::error::would_block: fill() first.
    transfer read_now(std::span<char> into);
    task<error_code> fill(); ///< waits for more of the peer's bytes
    /// fill() without a coroutine, where nothing is unsent: `co_await next_arrival()`, then see arrival_failed().
    bool has_unsent() const noexcept { return !wire_.leaving.empty(); }
    auto next_arrival();
    error_code arrival_failed() const noexcept { return arrival_failed_; }
    /// How the write ended, if it could end without waiting; nothing: write_rest() must follow, `bytes` must stay.
    std::optional<error_code> write_now(std::string_view bytes);
    task<error_code> write_rest();

    /// Without waiting: how many bytes of content are there that nobody asked for. They are lost. `all` also looks at
    /// the socket, which costs a system call.
    std::size_t drain(bool all);
    /// Gives back what a connection needs only while it waits for an answer.
    void rest() noexcept;
    /// OpenSSL's buffers are kept from here on, which makes the next requests cheaper, until shrink().
    void expect_more() noexcept;
    void shrink() noexcept;
    bool resumed() const noexcept { return SSL_session_reused(ssl_.get()) == 1; }
    SSL* native() const noexcept { return ssl_.get(); }

  private:
    bool holds_bytes() const noexcept;
    void note_arrival(error_code failed, std::size_t bytes) noexcept;
    std::size_t read_out();
    bool fetch_now();
    error_code encrypt_slice();
    bool flush_now(error_code& failed);
    task<error_code> flush();
    error_code broken(int why);

    tls_wire wire_;
    openssl_ptr<SSL> ssl_;
    landing_place landing_{};
    std::string_view unwritten_{}; ///< of the write that is under way
    std::size_t flushed_ = 0;      ///< of what is leaving
    error_code arrival_failed_{};
};

inline auto tls_stream::next_arrival()
{
    namespace asio = boost::asio;
    auto room = landing_.room();
    auto note = [this](error_code failed, std::size_t bytes) {
        note_arrival(failed, bytes);
        return asio::deferred.values(bytes);
    };
    return socket_.async_read_some(asio::buffer(room.data(), room.size()), asio::deferred(note));
}

} // namespace ulak::http
