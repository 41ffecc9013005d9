#include "http/tls/tls_stream.hpp"

#include <boost/asio/error.hpp>

#include <sys/socket.h>

#include <cassert>

namespace ulak::http {

namespace asio = boost::asio;

tls_stream::tls_stream(stream_socket socket, openssl_ptr<SSL> ssl) : stream(std::move(socket)), engine_(std::move(ssl))
{}

// What the engine says about the end of the stream, as the stream reports it.
error_code tls_stream::record_tls_end(error_code ec)
{
    if (!ec || ec == asio::error::would_block)
        return ec;
    if (ec == asio::error::eof) {
        closed_by_ = close_reason::close_notify;
    } else {
        reason_ = engine_.reason();
        if (closed_by_ == close_reason::none)
            closed_by_ = close_reason::reset;
    }
    return ec;
}

void tls_stream::release_receive_buffer() noexcept
{
    if (!engine_.has_unread_bytes())
        receive_buffer_.release();
}

task<error_code> tls_stream::receive()
{
    assert(!engine_.has_unread_bytes());
    if (has_unsent()) { // the reply to a key update
        auto failed = co_await flush();
        if (failed)
            co_return failed;
    }
    co_await async_receive();
    co_return receive_error_;
}

void tls_stream::on_received(error_code ec, std::size_t bytes) noexcept
{
    record_close(ec);
    engine_.feed(receive_buffer_.commit(bytes));
    receive_error_ = ec;
}

task<error_code> tls_stream::flush()
{
    auto failed = co_await socket_write(std::string_view(engine_.outbound()).substr(flushed_));
    flushed_ = 0;
    engine_.outbound().clear();
    co_return failed;
}

task<error_code> tls_stream::handshake()
{
    for (;;) {
        const auto step = record_tls_end(engine_.handshake());
        const bool wants_more = step == asio::error::would_block;
        auto failed = wants_more ? error_code() : step;
        if (has_unsent()) { // also after a failure, to send the alert
            auto unsent = co_await flush();
            if (!failed)
                failed = unsent;
        }
        if (!wants_more || failed)
            co_return failed;
        failed = co_await receive();
        if (failed)
            co_return failed;
    }
}

transfer tls_stream::read_now(std::span<char> into)
{
    auto got = engine_.read(into);
    if (got.ec)
        record_tls_end(got.ec);
    return got;
}

task<transfer> tls_stream::read_some(std::span<char> into)
{
    for (;;) {
        auto got = read_now(into);
        if (got.ec != asio::error::would_block)
            co_return got;
        auto failed = co_await receive();
        if (failed)
            co_return transfer(0, failed);
    }
}

// False: the socket does not take all of it now.
bool tls_stream::flush_now(error_code& ec)
{
    std::string_view left(engine_.outbound());
    auto size = left.size();
    ec = socket_write_now(left);
    flushed_ = size - left.size();
    if (!ec && !left.empty())
        return false;
    if (!ec && on_progress)
        on_progress();
    flushed_ = 0;
    engine_.outbound().clear();
    return true;
}

std::optional<error_code> tls_stream::write_now(std::string_view bytes)
{
    unwritten_ = bytes;
    error_code failed;
    while (!unwritten_.empty() && !failed) {
        failed = record_tls_end(engine_.encrypt(unwritten_));
        if (!failed && !flush_now(failed))
            return std::nullopt;
    }
    return failed;
}

task<error_code> tls_stream::write_rest()
{
    auto failed = co_await flush();
    while (!unwritten_.empty() && !failed) {
        failed = record_tls_end(engine_.encrypt(unwritten_));
        if (!failed)
            failed = co_await flush();
    }
    co_return failed;
}

task<error_code> tls_stream::write(std::string_view bytes)
{
    auto failed = write_now(bytes);
    if (!failed)
        failed = co_await write_rest();
    co_return *failed;
}

// Whether the socket had something. The engine must have taken all bytes of the last time.
bool tls_stream::receive_now()
{
    auto got = socket_read_now(receive_buffer_.prepare());
    engine_.feed(receive_buffer_.commit(got.bytes));
    return got.bytes > 0;
}

bool tls_stream::is_usable()
{
    if (!is_open() || closed_by_ != close_reason::none)
        return false;
    do { // reads the socket to its end: a reset comes behind all bytes before it
        // Session tickets come unasked and are welcome; content is not.
        if (engine_.has_input() && !record_tls_end(engine_.look()))
            return false;
    } while (closed_by_ == close_reason::none && receive_now());
    return closed_by_ == close_reason::none;
}

std::size_t tls_stream::drain(bool all)
{
    auto total = engine_.discard();
    while (all && is_open() && !engine_.has_unread_bytes() && receive_now())
        total += engine_.discard();
    return total;
}

void tls_stream::shutdown() noexcept
{
    engine_.close();
    const auto& notice = engine_.outbound();
    if (is_open() && !notice.empty())
        (void)::send(socket_.native_handle(), notice.data(), notice.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    engine_.outbound().clear();
    error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

} // namespace ulak::http
