#include "http/tls_stream.hpp"

#include "http/tls_words.hpp"

#include <boost/asio/error.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <new>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t record_size = 16 * 1024 + 512; ///< the largest TLS record and its frame: one read takes it whole
constexpr std::size_t write_slice = 64 * 1024;       ///< bounds what lies encrypted in memory at a time

std::string_view held_by(BIO* memory)
{
    char* data = nullptr;
    long size = BIO_get_mem_data(memory, &data);
    return std::string_view(data, static_cast<std::size_t>(size));
}

} // namespace

tls_stream::tls_stream(stream_socket socket, openssl_ptr<SSL> ssl)
    : stream(std::move(socket)), ssl_(std::move(ssl)), in_(BIO_new(BIO_s_mem())), out_(BIO_new(BIO_s_mem()))
{
    if (in_ == nullptr || out_ == nullptr)
        throw std::bad_alloc();
    SSL_set_bio(ssl_.get(), in_, out_);
    SSL_set_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
}

tls_stream::~tls_stream()
{
    // Else OpenSSL marks the newest session as not to be resumed, and no reconnect ever resumes.
    SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

void tls_stream::take(std::size_t bytes)
{
    if (bytes > 0 && BIO_write(in_, arrived_.data(), static_cast<int>(bytes)) <= 0)
        throw std::bad_alloc();
}

task<error_code> tls_stream::fill()
{
    arrived_.resize(record_size);
    auto came = co_await socket_read(arrived_);
    take(came.bytes);
    co_return came.failed;
}

task<error_code> tls_stream::flush()
{
    auto failed = co_await socket_write(held_by(out_));
    BIO_reset(out_);
    co_return failed;
}

error_code tls_stream::broken(int why)
{
    if (why == SSL_ERROR_ZERO_RETURN) {
        closed_ = closing::close_notify;
        return asio::error::eof;
    }
    auto failure = tls_failure();
    reason_ = refusal_of(ssl_.get());
    if (reason_.empty())
        reason_ = std::move(failure);
    if (closed_ == closing::none)
        closed_ = closing::reset;
    return asio::error::access_denied;
}

task<error_code> tls_stream::handshake()
{
    for (;;) {
        ERR_clear_error();
        int done = SSL_do_handshake(ssl_.get());
        int why = SSL_get_error(ssl_.get(), done);
        error_code failed;
        if (done != 1 && why != SSL_ERROR_WANT_READ)
            failed = broken(why);
        if (!held_by(out_).empty()) { // an alert, too
            auto unsent = co_await flush();
            if (!failed)
                failed = unsent;
        }
        if (done == 1 || failed)
            co_return failed;
        failed = co_await fill();
        if (failed)
            co_return failed;
    }
}

task<transfer> tls_stream::read_some(std::span<char> into)
{
    for (;;) {
        ERR_clear_error();
        std::size_t bytes = 0;
        int done = SSL_read_ex(ssl_.get(), into.data(), into.size(), &bytes);
        int why = SSL_get_error(ssl_.get(), done);
        error_code failed;
        if (done != 1 && why != SSL_ERROR_WANT_READ)
            failed = broken(why);
        if (!held_by(out_).empty() && !failed) // the answer to a key update
            failed = co_await flush();
        if (done == 1 || failed)
            co_return transfer(bytes, done == 1 ? error_code() : failed);
        failed = co_await fill();
        if (failed)
            co_return transfer(0, failed);
    }
}

task<error_code> tls_stream::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto slice = bytes.substr(0, write_slice);
        ERR_clear_error();
        std::size_t taken = 0;
        int done = SSL_write_ex(ssl_.get(), slice.data(), slice.size(), &taken);
        if (done != 1)
            co_return broken(SSL_get_error(ssl_.get(), done));
        auto failed = co_await flush();
        if (failed)
            co_return failed;
        bytes.remove_prefix(taken);
    }
    co_return error_code();
}

void tls_stream::take_what_is_there()
{
    arrived_.resize(record_size);
    // To the very end: a reset stands behind the bytes that came before it.
    for (auto came = socket_read_now(arrived_); came.bytes > 0; came = socket_read_now(arrived_))
        take(came.bytes);
}

bool tls_stream::quiet()
{
    if (!is_open() || closed_ != closing::none)
        return false;
    take_what_is_there(); // session tickets are welcome; they come unasked
    ERR_clear_error();
    char byte = 0;
    std::size_t bytes = 0;
    int done = SSL_peek_ex(ssl_.get(), &byte, 1, &bytes);
    if (done == 1)
        return false;
    int why = SSL_get_error(ssl_.get(), done);
    if (why != SSL_ERROR_WANT_READ)
        broken(why);
    return closed_ == closing::none;
}

std::size_t tls_stream::drain(bool all)
{
    if (all && is_open())
        take_what_is_there();
    std::size_t total = 0;
    char lost[1024];
    std::size_t bytes = 0;
    ERR_clear_error();
    while (SSL_read_ex(ssl_.get(), lost, sizeof lost, &bytes) == 1)
        total += bytes;
    ERR_clear_error();
    return total;
}

void tls_stream::finish() noexcept
{
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    auto notice = held_by(out_);
    if (is_open() && !notice.empty())
        (void)::send(socket_.native_handle(), notice.data(), notice.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    BIO_reset(out_);
    error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

} // namespace ulak::http
