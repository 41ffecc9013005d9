#include "http/server_core.hpp"

#include "http/tls_identity.hpp"
#include "http/tls_stream.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include <cerrno>
#include <exception>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// Out of descriptors or memory: asking again at once would only spin.
constexpr std::chrono::seconds accept_pause(1);
// More than so many refusals at a time are not worth an answer.
constexpr std::size_t max_rejections = 16;
// So many may still say their last word beyond the limit of connections.
constexpr std::size_t max_leaving = 16;

// Of coroutines that catch what the world does: whatever still escapes is our own mistake and ends the loop.
void rethrow(std::exception_ptr thrown)
{
    if (thrown)
        std::rethrow_exception(thrown);
}

} // namespace

server_core::server_core(executor ex, async::clock& time)
    : executor_(ex), clock_(time), deadlines_(std::make_shared<deadline_queue>(ex, time))
{}

result<void> server_core::add(std::shared_ptr<const service_config> of, listening_socket socket, openssl_ptr<SSL_CTX> tls,
                              socket_file file)
{
    auto fresh = std::make_shared<listener>(executor_, std::move(of));
    fresh->tls = std::move(tls);
    fresh->file = std::move(file);
    error_code failed;
    fresh->acceptor_socket.assign(asio::generic::stream_protocol(AF_UNSPEC, 0), socket.get(), failed);
    if (failed) {
        fresh->file.remove();
        return error(errc::unavailable, "cannot watch a listening socket: " + failed.message());
    }
    socket.release();
    listeners_.push_back(fresh);
    auto slot = asio::bind_cancellation_slot(fresh->cancel_signal.slot(), rethrow);
    asio::co_spawn(executor_, accept_all(shared_from_this(), fresh), std::move(slot));
    return {};
}

task<> server_core::accept_all(std::shared_ptr<server_core> self, std::shared_ptr<listener> from)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!self->stopping_) {
        stream_socket socket(self->executor_);
        error_code failed;
        auto token = asio::redirect_error(use_task, failed);
        co_await from->acceptor_socket.async_accept(socket, token);
        if (self->stopping_)
            break;
        if (!failed)
            self->admit(from, std::move(socket));
        else if (failed != asio::error::connection_aborted)
            co_await self->clock_.sleep_for(accept_pause);
    }
}

/// Whoever holds a connection without asking anything goes first, so that idle ones cannot shut others out; then
/// whoever follows a stream, as long as such hold more than half of the places. Of several, the oldest of the process
/// that has the most: a flood pushes out its own, and nobody who came beside it and has not been heard yet.
bool server_core::evict_one(const listener& at) noexcept
{
    server_connection *idle = nullptr, *stream = nullptr;
    const auto goes_before = [&](const server_connection& a, const server_connection& b) {
        const auto of_a = at.connections_by_pid.at(a.remote().pid), of_b = at.connections_by_pid.at(b.remote().pid);
        return of_a != of_b ? of_a > of_b : a.sequence < b.sequence;
    };
    std::size_t streams = 0, leaving = 0;
    for (auto* one : connections_) {
        if (one->service() != at.service.get() || (!one->is_idle() && !one->is_streaming()))
            continue;
        leaving += one->is_leaving();
        if (one->is_leaving())
            continue;
        auto& first = one->is_idle() ? idle : stream;
        streams += one->is_streaming();
        if (!first || goes_before(*one, *first))
            first = one;
    }
    auto* leaves = idle ? idle : streams > at.service->limits.max_connections / 2 ? stream : nullptr;
    if (leaves && leaving < max_leaving)
        leaves->evict();
    else if (leaves)
        leaves->abort();
    return leaves != nullptr;
}

void server_core::admit(const std::shared_ptr<listener>& from, stream_socket socket)
{
    bool welcome = from->active < from->service->limits.max_connections || evict_one(*from);
    if (!welcome && (from->rejected >= max_rejections || from->tls))
        return;
    auto who = describe_peer(socket.native_handle());
    std::unique_ptr<stream> wire;
    if (from->tls)
        wire = std::make_unique<tls_stream>(std::move(socket), make_server_ssl(from->tls.get()));
    else
        wire = std::make_unique<plain_stream>(std::move(socket));
    auto one = std::make_shared<server_connection>(from->service, std::move(wire), std::move(who), clock_, deadlines_);
    ++(welcome ? from->active : from->rejected);
    one->sequence = ++accepted_;
    connections_.insert(one.get());
    ++from->connections_by_pid[one->remote().pid];
    auto slot = asio::bind_cancellation_slot(one->cancel_signal.slot(), rethrow);
    asio::co_spawn(executor_, serve(shared_from_this(), from, one, welcome), std::move(slot));
}

task<> server_core::serve(std::shared_ptr<server_core> self, std::shared_ptr<listener> from,
                          std::shared_ptr<server_connection> one, bool welcome)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    if (welcome)
        co_await one->run();
    else
        co_await one->reject_busy();
    --(welcome ? from->active : from->rejected);
    self->connections_.erase(one.get());
    if (const auto its = from->connections_by_pid.find(one->remote().pid); --its->second == 0)
        from->connections_by_pid.erase(its);
    if (self->connections_.empty())
        for (auto& w : self->drain_waiters_)
            w.wake();
}

void server_core::close_listeners() noexcept
{
    stopping_ = true;
    for (auto& from : listeners_) {
        error_code ignored;
        from->acceptor_socket.close(ignored);
        from->file.remove();
        from->cancel_signal.emit(asio::cancellation_type::terminal);
    }
    listeners_.clear();
    for (auto* one : connections_)
        one->close_when_idle();
}

task<> server_core::drained(async::steady_point until)
{
    if (connections_.empty() || until <= clock_.now())
        co_return;
    async::waiter end(executor_);
    drain_waiters_.push_back(end);
    deadline_callback over([&end] { end.wake(); });
    scoped_deadline guard(*deadlines_, over, until);
    co_await end.wait();
}

void server_core::abort_connections() noexcept
{
    // A copy: whoever is cancelled may end at once.
    std::vector<server_connection*> all(connections_.begin(), connections_.end());
    for (auto* one : all)
        if (connections_.contains(one))
            one->abort();
}

} // namespace ulak::http
