#include "http/tls/tls_engine.hpp"

#include "http/tls/tls_errors.hpp"

#include <boost/asio/error.hpp>

#include <malloc.h>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t max_write_slice = 64 * 1024; ///< bounds what stands encrypted in memory at a time
constexpr std::size_t frees_per_trim = 64;         ///< some 2 MB of buffers; a trim walks through the whole heap

// SSL_get_error() reads the thread's queue of errors, so it must hold no old entry. Clearing an empty queue costs as
// much as a record, hence the look first.
void clear_tls_errors() noexcept
{
    if (ERR_peek_error() != 0)
        ERR_clear_error();
}

} // namespace

tls_engine::tls_engine(openssl_ptr<SSL> ssl) : ssl_(std::move(ssl))
{
    wire_.attach(ssl_.get());
    SSL_set_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
}

tls_engine::~tls_engine()
{
    // Without these flags OpenSSL marks the newest session as not resumable, and no reconnect ever resumes.
    SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

error_code tls_engine::fail(int why)
{
    if (why == SSL_ERROR_ZERO_RETURN)
        return asio::error::eof;
    auto failure = tls_error_text(); // empties the queue, so it comes first
    reason_ = verify_error_text(ssl_.get());
    if (reason_.empty())
        reason_ = std::move(failure);
    return asio::error::access_denied;
}

error_code tls_engine::handshake()
{
    clear_tls_errors();
    int done = SSL_do_handshake(ssl_.get());
    if (done == 1)
        return error_code();
    int why = SSL_get_error(ssl_.get(), done);
    return why == SSL_ERROR_WANT_READ ? error_code(asio::error::would_block) : fail(why);
}

transfer tls_engine::read(std::span<char> into)
{
    if (!has_input() && SSL_get_shutdown(ssl_.get()) == 0)
        return transfer(0, asio::error::would_block);
    std::size_t bytes = 0;
    int done = SSL_read_ex(ssl_.get(), into.data(), into.size(), &bytes);
    if (done == 1)
        return transfer(bytes, error_code());
    if (SSL_want_read(ssl_.get())) // asked before the queue of errors, which may hold an old one
        return transfer(0, asio::error::would_block);
    return transfer(0, fail(SSL_get_error(ssl_.get(), done)));
}

error_code tls_engine::look()
{
    clear_tls_errors();
    char byte = 0;
    std::size_t bytes = 0;
    int done = SSL_peek_ex(ssl_.get(), &byte, 1, &bytes);
    if (done == 1)
        return error_code();
    int why = SSL_get_error(ssl_.get(), done);
    return why == SSL_ERROR_WANT_READ ? error_code(asio::error::would_block) : fail(why);
}

std::size_t tls_engine::discard()
{
    std::size_t total = 0;
    char dropped[1024];
    std::size_t bytes = 0;
    bool more = true;
    while (more && has_input()) {
        more = SSL_read_ex(ssl_.get(), dropped, sizeof dropped, &bytes) == 1;
        total += more ? bytes : 0;
    }
    if (!more)
        clear_tls_errors();
    return total;
}

error_code tls_engine::encrypt(std::string_view& plain)
{
    auto slice = plain.substr(0, max_write_slice);
    clear_tls_errors();
    std::size_t taken = 0;
    int done = SSL_write_ex(ssl_.get(), slice.data(), slice.size(), &taken);
    if (done != 1)
        return fail(SSL_get_error(ssl_.get(), done));
    plain.remove_prefix(taken);
    return error_code();
}

void tls_engine::close() noexcept
{
    clear_tls_errors();
    SSL_shutdown(ssl_.get());
}

bool tls_engine::has_input() const noexcept
{
    return !wire_.inbound.empty() || SSL_has_pending(ssl_.get()) == 1;
}

void tls_engine::keep_buffers() noexcept
{
    SSL_clear_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
}

void tls_engine::free_buffers() noexcept
{
    SSL_set_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
    SSL_free_buffers(ssl_.get());
    std::string().swap(wire_.outbound);
    thread_local std::size_t frees = 0;
    if (++frees % frees_per_trim == 0)
        ::malloc_trim(0); // freed blocks lie between used ones, and would stay with the process
}

} // namespace ulak::http
