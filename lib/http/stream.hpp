// Bytes to and from a peer, with or without TLS. Private to this room.
#pragma once

#include "http/message.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ulak::http {

using stream_socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, executor>;
using boost::system::error_code;

/// What a read brought: bytes, or why there are none.
struct transfer {
    transfer(std::size_t bytes_, error_code failed_) : bytes(bytes_), ec(failed_) {}

    std::size_t bytes;
    error_code ec;
};

/// One connection. At most one operation at a time; a cancelled write leaves it fit only for closing.
/// Destruction closes.
class stream {
  public:
    explicit stream(stream_socket socket) : socket_(std::move(socket)) {}
    virtual ~stream() = default;
    stream(const stream&) = delete;
    stream& operator=(const stream&) = delete;

    virtual task<error_code> handshake() = 0;
    /// asio::error::eof when the peer ended the stream; `how_closed()` says in which way.
    virtual task<transfer> read_some(std::span<char> into) = 0;
    virtual task<error_code> write(std::string_view bytes) = 0;

    /// Without waiting: true while the peer has neither closed nor said anything that nobody asked for.
    virtual bool is_usable() = 0;
    /// Tells the peer that no more comes, as far as that goes without waiting.
    virtual void shutdown() noexcept = 0;

    void cancel() noexcept; ///< ends a read that is under way; what came is kept
    void close() noexcept;
    void reset() noexcept; ///< closes with RST
    /// A stream of unknown length keeps a part of the socket's buffer back, so that a peer that stopped reading can
    /// still be told why it is cut off. False where the kernel does not give it.
    void reserve_send_buffer() noexcept;
    bool release_send_reserve() noexcept;
    bool is_open() const noexcept { return socket_.is_open(); }

    close_reason closed_by() const noexcept { return closed_by_; }
    const std::string& reason() const noexcept { return reason_; } ///< of a failed TLS operation, for a person
    int native_handle() { return socket_.native_handle(); }

    /// Called whenever the peer took bytes, for deadlines that look at progress.
    std::function<void()> on_progress{};

  protected:
    task<transfer> socket_read(std::span<char> into);
    task<error_code> socket_write(std::string_view bytes);
    /// What goes without waiting; it is taken off `bytes`.
    error_code socket_write_now(std::string_view& bytes) noexcept;
    /// Bytes that are there already; 0 with no error where there are none.
    transfer socket_read_now(std::span<char> into) noexcept;
    void record_close(const error_code& failed) noexcept;

    stream_socket socket_;
    close_reason closed_by_ = close_reason::none;
    std::string reason_;
};

/// No TLS.
class plain_stream final : public stream {
  public:
    using stream::stream;
    task<error_code> handshake() override;
    task<transfer> read_some(std::span<char> into) override;
    task<error_code> write(std::string_view bytes) override;
    bool is_usable() override;
    void shutdown() noexcept override;
};

} // namespace ulak::http
