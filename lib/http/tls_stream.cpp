#include "http/tls_stream.hpp"

#include "http/tls_errors.hpp"

#include <boost/asio/error.hpp>

#include <malloc.h>
#include <sys/socket.h>

#include <cassert>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t max_write_slice = 64 * 1024; ///< bounds what lies encrypted in memory at a time
constexpr std::size_t frees_per_trim = 64;  ///< some 2 MB of buffers; a trim looks through the whole heap

// SSL_get_error() looks into the queue, so nothing old may lie there. Clearing an empty one costs as much as a record.
void clear_tls_errors() noexcept
{
    if (ERR_peek_error() != 0)
        ERR_clear_error();
}

} // namespace

tls_stream::tls_stream(stream_socket socket, openssl_ptr<SSL> ssl) : stream(std::move(socket)), ssl_(std::move(ssl))
{
    wire_.attach(ssl_.get());
    SSL_set_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
}

tls_stream::~tls_stream()
{
    // Else OpenSSL marks the newest session as not to be resumed, and no reconnect ever resumes.
    SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

void tls_stream::release_receive_buffer() noexcept
{
    if (wire_.inbound.empty())
        receive_buffer_.release();
}

void tls_stream::keep_tls_buffers() noexcept
{
    SSL_clear_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
}

void tls_stream::free_tls_buffers() noexcept
{
    SSL_set_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
    SSL_free_buffers(ssl_.get());
    std::string().swap(wire_.outbound);
    thread_local std::size_t shrunk = 0;
    if (++shrunk % frees_per_trim == 0)
        ::malloc_trim(0); // what they gave back lies between what is kept, and would stay with the process
}

task<error_code> tls_stream::receive()
{
    assert(wire_.inbound.empty());
    if (has_unsent()) { // the answer to a key update
        auto failed = co_await flush();
        if (failed)
            co_return failed;
    }
    co_await async_receive();
    co_return receive_error_;
}

void tls_stream::on_received(error_code failed, std::size_t bytes) noexcept
{
    record_close(failed);
    wire_.inbound = receive_buffer_.commit(bytes);
    receive_error_ = failed;
}

task<error_code> tls_stream::flush()
{
    auto failed = co_await socket_write(std::string_view(wire_.outbound).substr(flushed_));
    flushed_ = 0;
    wire_.outbound.clear();
    co_return failed;
}

bool tls_stream::has_buffered_input() const noexcept
{
    return !wire_.inbound.empty() || SSL_has_pending(ssl_.get()) == 1;
}

error_code tls_stream::fail(int why)
{
    if (why == SSL_ERROR_ZERO_RETURN) {
        closed_by_ = close_reason::close_notify;
        return asio::error::eof;
    }
    auto failure = tls_error_text();
    reason_ = verify_error_text(ssl_.get());
    if (reason_.empty())
        reason_ = std::move(failure);
    if (closed_by_ == close_reason::none)
        closed_by_ = close_reason::reset;
    return asio::error::access_denied;
}

task<error_code> tls_stream::handshake()
{
    for (;;) {
        clear_tls_errors();
        int done = SSL_do_handshake(ssl_.get());
        int why = SSL_get_error(ssl_.get(), done);
        error_code failed;
        if (done != 1 && why != SSL_ERROR_WANT_READ)
            failed = fail(why);
        if (!wire_.outbound.empty()) { // an alert, too
            auto unsent = co_await flush();
            if (!failed)
                failed = unsent;
        }
        if (done == 1 || failed)
            co_return failed;
        failed = co_await receive();
        if (failed)
            co_return failed;
    }
}

transfer tls_stream::read_now(std::span<char> into)
{
    if (!has_buffered_input() && SSL_get_shutdown(ssl_.get()) == 0)
        return transfer(0, asio::error::would_block);
    std::size_t bytes = 0;
    int done = SSL_read_ex(ssl_.get(), into.data(), into.size(), &bytes);
    if (done == 1)
        return transfer(bytes, error_code());
    if (SSL_want_read(ssl_.get())) // before the queue of errors, which may hold an old one
        return transfer(0, asio::error::would_block);
    return transfer(0, fail(SSL_get_error(ssl_.get(), done)));
}

task<transfer> tls_stream::read_some(std::span<char> into)
{
    for (;;) {
        auto came = read_now(into);
        if (came.ec != asio::error::would_block)
            co_return came;
        auto failed = co_await receive();
        if (failed)
            co_return transfer(0, failed);
    }
}

error_code tls_stream::encrypt_slice()
{
    auto slice = unwritten_.substr(0, max_write_slice);
    clear_tls_errors();
    std::size_t taken = 0;
    int done = SSL_write_ex(ssl_.get(), slice.data(), slice.size(), &taken);
    if (done != 1)
        return fail(SSL_get_error(ssl_.get(), done));
    unwritten_.remove_prefix(taken);
    return error_code();
}

// False: the socket would not take it all.
bool tls_stream::flush_now(error_code& failed)
{
    std::string_view left(wire_.outbound);
    auto size = left.size();
    failed = socket_write_now(left);
    flushed_ = size - left.size();
    if (!failed && !left.empty())
        return false;
    if (!failed && on_progress)
        on_progress();
    flushed_ = 0;
    wire_.outbound.clear();
    return true;
}

std::optional<error_code> tls_stream::write_now(std::string_view bytes)
{
    unwritten_ = bytes;
    error_code failed;
    while (!unwritten_.empty() && !failed) {
        failed = encrypt_slice();
        if (!failed && !flush_now(failed))
            return std::nullopt;
    }
    return failed;
}

task<error_code> tls_stream::write_rest()
{
    auto failed = co_await flush();
    while (!unwritten_.empty() && !failed) {
        failed = encrypt_slice();
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

// Whether the socket had something; what OpenSSL left of the last time must be taken first.
bool tls_stream::receive_now()
{
    auto room = receive_buffer_.prepare();
    auto came = socket_read_now(room);
    wire_.inbound = receive_buffer_.commit(came.bytes);
    return came.bytes > 0;
}

bool tls_stream::is_usable()
{
    if (!is_open() || closed_by_ != close_reason::none)
        return false;
    do {                    // to the very end: a reset stands behind the bytes that came before it
        if (!has_buffered_input()) // session tickets are welcome; they come unasked
            continue;
        clear_tls_errors();
        char byte = 0;
        std::size_t bytes = 0;
        int done = SSL_peek_ex(ssl_.get(), &byte, 1, &bytes);
        if (done == 1)
            return false;
        int why = SSL_get_error(ssl_.get(), done);
        if (why != SSL_ERROR_WANT_READ)
            fail(why);
    } while (closed_by_ == close_reason::none && receive_now());
    return closed_by_ == close_reason::none;
}

std::size_t tls_stream::discard_buffered()
{
    std::size_t total = 0;
    char lost[1024];
    std::size_t bytes = 0;
    bool more = true;
    while (more && has_buffered_input()) {
        more = SSL_read_ex(ssl_.get(), lost, sizeof lost, &bytes) == 1;
        total += more ? bytes : 0;
    }
    if (!more)
        clear_tls_errors();
    return total;
}

std::size_t tls_stream::drain(bool all)
{
    auto total = discard_buffered();
    while (all && is_open() && wire_.inbound.empty() && receive_now())
        total += discard_buffered();
    return total;
}

void tls_stream::shutdown() noexcept
{
    clear_tls_errors();
    SSL_shutdown(ssl_.get());
    const auto& notice = wire_.outbound;
    if (is_open() && !notice.empty())
        (void)::send(socket_.native_handle(), notice.data(), notice.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    wire_.outbound.clear();
    error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

} // namespace ulak::http
