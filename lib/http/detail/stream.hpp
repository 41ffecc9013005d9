// Bytes to and from a peer, with or without TLS.
#pragma once

#include "http/detail/transfer.hpp"
#include "http/message.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ulak::http {

using stream_socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, executor>;

/// One connection. At most one operation at a time. A cancelled read loses nothing; a cancelled write leaves the stream
/// fit only for closing. Destruction closes.
class stream {
  public:
    explicit stream(stream_socket socket) : socket_(std::move(socket)) {}
    virtual ~stream() = default;
    stream(const stream&) = delete;
    stream& operator=(const stream&) = delete;

    virtual task<error_code> handshake() = 0;
    /// asio::error::eof when the peer ended the stream; closed_by() says in which way.
    virtual task<transfer> read_some(std::span<char> into) = 0;
    virtual task<error_code> write(std::string_view bytes) = 0;

    /// Without waiting: the peer has neither closed nor sent anything that nobody asked for.
    virtual bool is_usable() = 0;
    /// Tells the peer that no more comes, as far as that goes without waiting.
    virtual void shutdown() noexcept = 0;

    void cancel() noexcept; ///< ends a read that is under way; what came is kept
    void close() noexcept;
    void reset() noexcept; ///< closes with RST
    /// Keeps a part of the socket's send buffer back, so that a peer that stopped reading can still get a last piece.
    void reserve_send_buffer() noexcept;
    bool release_send_reserve() noexcept; ///< false: the kernel does not give it
    bool is_open() const noexcept { return socket_.is_open(); }

    close_reason closed_by() const noexcept { return closed_by_; }
    const std::string& reason() const noexcept { return reason_; } ///< of a failed TLS operation, for an operator
    int native_handle() { return socket_.native_handle(); }

    /// Calls `on_hangup`, once, when the peer goes away while nothing is read. A peer that only ended its own side (as
    /// `nc -N` does) still waits for an answer and has not gone away.
    void watch_hangup();
    std::function<void()> on_hangup{};

    /// Called whenever the peer took bytes, for deadlines that depend on progress.
    std::function<void()> on_progress{};

  protected:
    task<transfer> socket_read(std::span<char> into);
    task<error_code> socket_write(std::string_view bytes);
    /// Sends what goes without waiting, and removes it from `bytes`.
    error_code socket_write_now(std::string_view& bytes) noexcept;
    /// Bytes that are there already; 0 with no error where there are none.
    transfer socket_read_now(std::span<char> into) noexcept;
    void record_close(const error_code& failed) noexcept;

    bool has_hung_up() noexcept;

    stream_socket socket_;
    std::shared_ptr<bool> watch_{}; ///< dies with the stream; true while the loop watches the socket
    close_reason closed_by_ = close_reason::none;
    std::string reason_{};
};

} // namespace ulak::http
