#include "http/detail/stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace ulak::http {

namespace asio = boost::asio;

void stream::cancel() noexcept
{
    error_code ignored;
    socket_.cancel(ignored);
}

void stream::close() noexcept
{
    error_code ignored;
    socket_.close(ignored);
}

namespace {

// The most that Linux gives without privileges (net.core.wmem_max), and a part of it.
constexpr int full_send_buffer = 212'992;
constexpr int reduced_send_buffer = 48 * 1024;

} // namespace

void stream::reserve_send_buffer() noexcept
{
    error_code ignored;
    socket_.set_option(asio::socket_base::send_buffer_size(reduced_send_buffer), ignored);
}

bool stream::release_send_reserve() noexcept
{
    error_code failed;
    socket_.set_option(asio::socket_base::send_buffer_size(full_send_buffer), failed);
    return !failed;
}

void stream::reset() noexcept
{
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

void stream::watch_hangup()
{
    if (!watch_)
        watch_ = std::make_shared<bool>(false);
    if (std::exchange(*watch_, true))
        return;
    auto came = [this, watch = std::weak_ptr<bool>(watch_)](const error_code& failed) {
        const auto alive = watch.lock();
        if (!alive)
            return;
        *alive = false;
        if (!failed && on_hangup && has_hung_up())
            on_hangup();
    };
    socket_.async_wait(asio::socket_base::wait_error, std::move(came));
}

bool stream::has_hung_up() noexcept
{
    pollfd seen{};
    seen.fd = socket_.native_handle();
    return ::poll(&seen, 1, 0) == 1 && (seen.revents & (POLLHUP | POLLERR)) != 0;
}

void stream::record_close(const error_code& failed) noexcept
{
    if (closed_by_ != close_reason::none || !failed || failed == asio::error::operation_aborted)
        return;
    closed_by_ = failed == asio::error::eof ? close_reason::eof : close_reason::reset;
}

task<transfer> stream::socket_read(std::span<char> into)
{
    error_code failed;
    auto token = asio::redirect_error(use_task, failed);
    auto bytes = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), token);
    record_close(failed);
    co_return transfer(bytes, failed);
}

task<error_code> stream::socket_write(std::string_view bytes)
{
    error_code failed;
    while (!bytes.empty() && !failed) {
        auto token = asio::redirect_error(use_task, failed);
        auto taken = co_await socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()), token);
        bytes.remove_prefix(taken);
        if (taken > 0 && on_progress)
            on_progress();
    }
    record_close(failed);
    co_return failed;
}

error_code stream::socket_write_now(std::string_view& bytes) noexcept
{
    ssize_t sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    error_code failed;
    if (sent > 0)
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    else if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
        failed = error_code(errno, boost::system::system_category());
    record_close(failed);
    return failed;
}

transfer stream::socket_read_now(std::span<char> into) noexcept
{
    ssize_t got = ::recv(socket_.native_handle(), into.data(), into.size(), MSG_DONTWAIT);
    if (got > 0)
        return transfer(static_cast<std::size_t>(got), error_code());
    error_code failed;
    if (got == 0)
        failed = asio::error::eof;
    else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
        failed = error_code(errno, boost::system::system_category());
    record_close(failed);
    return transfer(0, failed);
}

} // namespace ulak::http
