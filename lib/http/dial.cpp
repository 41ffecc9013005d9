#include "http/dial.hpp"

#include "core/failpoint.hpp"
#include "http/address_filter.hpp"
#include "http/tls_errors.hpp"

#include "async/waiter.hpp"

#include <boost/asio/redirect_error.hpp>

#include <algorithm>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

using address = asio::ip::tcp::endpoint;

// A dead first address must leave time for the second.
constexpr std::chrono::seconds min_per_address(2);

error cancelled_error(exchange_trace& how, std::string_view doing, const std::string& host)
{
    how.closed_by = close_reason::cancelled;
    return error(errc::cancelled, "cancelled while " + std::string(doing) + " " + host);
}

error timeout_error(exchange_trace& how, std::string_view doing, const std::string& host)
{
    how.closed_by = close_reason::timeout;
    return error(errc::timed_out, "no time was left while " + std::string(doing) + " " + host);
}

result<void> drop_private(endpoints& found, const client_settings& settings)
{
    if (settings.allow_private_addresses)
        return {};
    auto where = found.empty() ? std::string() : found.front().address().to_string();
    std::erase_if(found, [](const auto& endpoint) { return is_private(endpoint.address()); });
    if (!found.empty())
        return {};
    return error(errc::resolve_failed, settings.server_origin.host + " resolves to " + where +
                                           ", which is not a public address; a request there is refused");
}

/// Until when one address may take.
struct address_deadlines {
    async::steady_point connect, handshake;
};

// One that connects is alive, and may be slow: it only leaves the least to the others.
address_deadlines split_time(async::steady_point now, async::steady_point limit, std::size_t addresses_left)
{
    const auto left = static_cast<long>(addresses_left);
    const auto even = std::max<async::steady_point::duration>((limit - now) / left, min_per_address);
    const auto connect = std::min(limit, now + even);
    return address_deadlines{connect, std::max(connect, limit - (left - 1) * min_per_address)};
}

task<result<tls_stream_ptr>> handshake(client_context& parts, stream_socket socket, async::steady_point limit, exchange_trace& how)
{
    const auto& where = parts.settings.server_origin;
    how.reached = phase::tls;
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    auto out = std::make_unique<tls_stream>(std::move(socket), parts.trusted->make_ssl(where, parts.sessions));
    deadline_callback late([&out] { out->close(); });
    scoped_deadline guard(*parts.deadlines, late, limit);
    auto failed = co_await out->handshake();
    how.closed_by = out->closed_by();
    if (late.expired())
        co_return timeout_error(how, "shaking hands with", where.host);
    bool told = co_await async::cancellation_requested();
    if (told)
        co_return cancelled_error(how, "shaking hands with", where.host);
    if (failed && out->reason().empty())
        co_return error(errc::connection_lost,
                        where.host + " broke off the connection while hands were shaken: " + failed.message());
    if (failed)
        co_return error(errc::tls_failed, "no safe connection to " + where.host + ": " + out->reason());
    if (!speaks_http1(out->native()))
        co_return error(errc::tls_failed, where.host + " chose another protocol than HTTP/1.1");
    how.resumed_session = out->resumed();
    co_return out;
}

task<result<stream_socket>> connect(client_context& parts, const address& where, async::steady_point limit, exchange_trace& how)
{
    const auto& host = parts.settings.server_origin.host;
    how.reached = phase::connect;
    stream_socket socket(parts.ex);
    deadline_callback late([&socket] {
        error_code ignored;
        socket.close(ignored);
    });
    scoped_deadline guard(*parts.deadlines, late, limit);
    asio::generic::stream_protocol::endpoint there(where);
    error_code failed;
    auto token = asio::redirect_error(use_task, failed);
    co_await socket.async_connect(there, token);
    bool told = co_await async::cancellation_requested();
    if (told)
        co_return cancelled_error(how, "connecting to", host);
    if (late.expired())
        co_return timeout_error(how, "connecting to", host);
    if (failed)
        co_return error(errc::connect_failed,
                        "cannot connect to " + host + " port " + parts.settings.server_origin.port + ": " + failed.message());
    co_return std::move(socket);
}

task<result<tls_stream_ptr>> dial_address(client_context& parts, const address& where, const address_deadlines& until, exchange_trace& how)
{
    how.closed_by = close_reason::none;
    auto socket = co_await connect(parts, where, until.connect, how);
    if (!socket)
        co_return socket.error();
    ULAK_FAILPOINT("send/connected");
    co_return co_await handshake(parts, std::move(*socket), until.handshake, how);
}

// What the network does to one address need not happen to the next, and nothing was sent yet. But a refusal (a bad
// certificate, an alert) is the word of the provider itself, whichever of its addresses says it: somebody must hear of
// it every time, not only when chance asks that address first.
bool may_try_next_address(const error& why)
{
    return why.code == errc::connect_failed || why.code == errc::connection_lost || why.code == errc::timed_out;
}

// The last failure tells what happened.
task<result<tls_stream_ptr>> dial_addresses(client_context& parts, const endpoints& found, async::steady_point limit, exchange_trace& how)
{
    error last(errc::connect_failed, parts.settings.server_origin.host + " has no address");
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto now = parts.clock.now();
        if (now >= limit)
            co_return timeout_error(how, "connecting to", parts.settings.server_origin.host);
        const auto until = split_time(now, limit, found.size() - i);
        auto one = co_await dial_address(parts, found[i], until, how);
        if (one || !may_try_next_address(one.error()))
            co_return one;
        last = one.error();
    }
    co_return last;
}

} // namespace

task<result<tls_stream_ptr>> dial(client_context& parts, async::steady_point deadline, exchange_trace& how)
{
    const auto& where = parts.settings.server_origin;
    auto limit = std::min(deadline, parts.clock.now() + parts.settings.connect_timeout);
    how.reached = phase::resolve;
    auto found = co_await parts.name_resolver->resolve(where.host, where.port, limit);
    if (!found) {
        auto why = found.error();
        if (why.code == errc::timed_out || why.code == errc::cancelled)
            how.closed_by = why.code == errc::timed_out ? close_reason::timeout : close_reason::cancelled;
        co_return why;
    }
    ULAK_FAILPOINT("send/resolved");
    auto allowed = drop_private(*found, parts.settings);
    if (!allowed)
        co_return allowed.error();
    co_return co_await dial_addresses(parts, *found, limit, how);
}

} // namespace ulak::http
