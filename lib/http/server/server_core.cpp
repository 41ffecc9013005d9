#include "http/server/server_core.hpp"

#include "http/detail/plain_stream.hpp"
#include "http/server/describe_peer.hpp"
#include "http/server/eviction_policy.hpp"
#include "http/server/place_policy.hpp"
#include "http/tls/server_context.hpp"
#include "http/tls/tls_stream.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include <unistd.h>

#include <cerrno>
#include <exception>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// After a failed accept: without descriptors or memory the next one fails as well, and a loop would spin.
constexpr std::chrono::seconds accept_pause(1);
// With so many rejections under way, a further connection is closed with a reply that waits for no request.
constexpr std::size_t max_rejections = 16;
// So many evicted streams may still write a last piece, beyond the limit of connections.
constexpr std::size_t max_leaving = 16;

// Who starts and stops the server anyway: what others do must not keep this user out.
bool is_owner(const peer& p) noexcept
{
    return p.local && (p.uid == 0 || p.uid == ::geteuid());
}

std::size_t count_of(const std::unordered_map<uid_t, std::size_t>& all, uid_t uid) noexcept
{
    const auto found = all.find(uid);
    return found == all.end() ? 0 : found->second;
}

// The coroutines catch what peers and handlers do. An exception that still escapes is a bug, and ends the loop.
void rethrow(std::exception_ptr thrown)
{
    if (thrown)
        std::rethrow_exception(thrown);
}

} // namespace

server_core::server_core(executor ex, async::clock& clock)
    : executor_(ex), clock_(clock), deadlines_(std::make_shared<deadline_queue>(ex, clock))
{}

result<void> server_core::add(std::shared_ptr<const service_config> service, listening_socket socket,
                              openssl_ptr<SSL_CTX> tls, socket_file file)
{
    auto fresh = std::make_shared<listener>(executor_, std::move(service));
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

// Within the limits, or in place of another.
bool server_core::make_place(const listener& from, const peer& of) noexcept
{
    const auto of_user = count_of(from.connections_by_uid, of.uid);
    const auto found = find_place(from.service->limits, is_owner(of), of.local, of_user, from.active);
    return found == place::free || evict_one(from, of, found == place::own);
}

// True: a connection of that listener is on its way out, so one more may come. Nobody but an owner ends what an owner
// waits for.
bool server_core::evict_one(const listener& from, const peer& for_whom, bool only_own) noexcept
{
    const bool owner = is_owner(for_whom);
    eviction_policy<server_connection*> policy(from.service->limits.max_connections);
    for (auto* one : connections_) {
        if (one->service() != from.service.get() || !one->has_place)
            continue;
        if (only_own && one->remote().uid != for_whom.uid)
            continue;
        const auto& lifetime = one->lifetime();
        if (!owner && is_owner(one->remote()) && !lifetime.is_idle())
            continue;
        eviction_candidate candidate;
        candidate.idle = lifetime.is_idle();
        candidate.waiting = lifetime.is_waiting_long();
        candidate.streaming = lifetime.is_streaming();
        candidate.leaving = lifetime.is_leaving();
        candidate.of_user = count_of(from.connections_by_uid, one->remote().uid);
        candidate.of_process = from.connections_by_pid.at(one->remote().pid);
        candidate.sequence = one->sequence;
        policy.consider(one, candidate);
    }
    if (!policy.found())
        return false;
    auto& lifetime = policy.victim()->lifetime();
    policy.leaving() < max_leaving ? lifetime.evict() : lifetime.abort();
    return true;
}

void server_core::admit(const std::shared_ptr<listener>& from, stream_socket socket)
{
    // Accepted, or rejected with a reply: with one that waits for the request, as far as that is worth it.
    auto remote = describe_peer(socket.native_handle());
    const bool accepted = make_place(*from, remote);
    if (!accepted && from->tls)
        return;
    if (!accepted && from->rejected >= max_rejections)
        return server_connection::refuse_now(socket.native_handle());
    std::unique_ptr<stream> wire;
    if (from->tls)
        wire = std::make_unique<tls_stream>(std::move(socket), make_server_ssl(from->tls.get()));
    else
        wire = std::make_unique<plain_stream>(std::move(socket));
    auto one =
        std::make_shared<server_connection>(from->service, std::move(wire), std::move(remote), clock_, deadlines_);
    ++(accepted ? from->active : from->rejected);
    one->sequence = ++accepted_;
    one->has_place = accepted;
    connections_.insert(one.get());
    ++from->connections_by_pid[one->remote().pid];
    if (accepted)
        ++from->connections_by_uid[one->remote().uid];
    auto slot = asio::bind_cancellation_slot(one->lifetime().cancel_slot(), rethrow);
    asio::co_spawn(executor_, serve(shared_from_this(), from, one, accepted), std::move(slot));
}

task<> server_core::serve(std::shared_ptr<server_core> self, std::shared_ptr<listener> from,
                          std::shared_ptr<server_connection> one, bool accepted)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    if (accepted)
        co_await one->run();
    else
        co_await one->reject_busy();
    --(accepted ? from->active : from->rejected);
    self->connections_.erase(one.get());
    if (const auto count = from->connections_by_uid.find(one->remote().uid); accepted && --count->second == 0)
        from->connections_by_uid.erase(count);
    if (const auto count = from->connections_by_pid.find(one->remote().pid); --count->second == 0)
        from->connections_by_pid.erase(count);
    if (self->connections_.empty())
        for (auto& waiting : self->drain_waiters_)
            waiting.wake();
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
        one->lifetime().close_when_idle();
}

task<> server_core::drained(async::steady_point until)
{
    if (connections_.empty() || until <= clock_.now())
        co_return;
    async::waiter end(executor_);
    drain_waiters_.push_back(end);
    deadline_callback timeout([&end] { end.wake(); });
    scoped_deadline armed(*deadlines_, timeout, until);
    co_await end.wait();
}

void server_core::abort_connections() noexcept
{
    // A copy, because a connection that is cancelled may end, and leave the set, at once.
    std::vector<server_connection*> all(connections_.begin(), connections_.end());
    for (auto* one : all)
        if (connections_.contains(one))
            one->lifetime().abort();
}

} // namespace ulak::http
