#include "http/client/dial.hpp"

#include "core/failpoint.hpp"
#include "http/client/address_filter.hpp"
#include "http/tls/alpn.hpp"

#include "async/waiter.hpp"

#include <boost/asio/redirect_error.hpp>

#include <algorithm>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

using address = asio::ip::tcp::endpoint;

// A dead first address leaves at least this to the next.
constexpr std::chrono::seconds min_per_address(2);

error cancelled_error(exchange_trace& trace, std::string_view doing, const std::string& host)
{
    trace.closed_by = close_reason::cancelled;
    return error(errc::cancelled, "cancelled while " + std::string(doing) + " " + host);
}

error timeout_error(exchange_trace& trace, std::string_view doing, const std::string& host)
{
    trace.closed_by = close_reason::timeout;
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

/// When the steps to one address must be done.
struct address_deadlines {
    async::steady_point connect, handshake;
};

// Connecting gets an equal share of the time that is left. An address that connects is alive and may be slow, so its
// handshake may take all but the minimum of each other address.
address_deadlines split_time(async::steady_point now, async::steady_point limit, std::size_t addresses_left)
{
    const auto left = static_cast<long>(addresses_left);
    const auto even = std::max<async::steady_point::duration>((limit - now) / left, min_per_address);
    const auto connect = std::min(limit, now + even);
    return address_deadlines{connect, std::max(connect, limit - (left - 1) * min_per_address)};
}

task<result<tls_stream_ptr>> handshake(client_context& context, stream_socket socket, async::steady_point limit,
                                       exchange_trace& trace)
{
    const auto& where = context.settings.server_origin;
    trace.reached = phase::tls;
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    auto out = std::make_unique<tls_stream>(std::move(socket), context.trusted->make_ssl(where, context.sessions));
    deadline_callback timeout([&out] { out->close(); });
    scoped_deadline armed(*context.deadlines, timeout, limit);
    auto failed = co_await out->handshake();
    trace.closed_by = out->closed_by();
    if (timeout.expired())
        co_return timeout_error(trace, "shaking hands with", where.host);
    bool cancelled = co_await async::cancellation_requested();
    if (cancelled)
        co_return cancelled_error(trace, "shaking hands with", where.host);
    if (failed && out->reason().empty())
        co_return error(errc::connection_lost,
                        where.host + " broke off the connection while hands were shaken: " + failed.message());
    if (failed)
        co_return error(errc::tls_failed, "no safe connection to " + where.host + ": " + out->reason());
    if (!speaks_http1(out->native()))
        co_return error(errc::tls_failed, where.host + " chose another protocol than HTTP/1.1");
    trace.resumed_session = out->resumed();
    co_return out;
}

task<result<stream_socket>> connect(client_context& context, const address& where, async::steady_point limit,
                                    exchange_trace& trace)
{
    const auto& host = context.settings.server_origin.host;
    trace.reached = phase::connect;
    stream_socket socket(context.ex);
    deadline_callback timeout([&socket] {
        error_code ignored;
        socket.close(ignored);
    });
    scoped_deadline armed(*context.deadlines, timeout, limit);
    asio::generic::stream_protocol::endpoint endpoint(where);
    error_code failed;
    auto token = asio::redirect_error(use_task, failed);
    co_await socket.async_connect(endpoint, token);
    bool cancelled = co_await async::cancellation_requested();
    if (cancelled)
        co_return cancelled_error(trace, "connecting to", host);
    if (timeout.expired())
        co_return timeout_error(trace, "connecting to", host);
    if (failed)
        co_return error(errc::connect_failed, "cannot connect to " + host + " port " +
                                                  context.settings.server_origin.port + ": " + failed.message());
    co_return std::move(socket);
}

task<result<tls_stream_ptr>> dial_address(client_context& context, const address& where, const address_deadlines& until,
                                          exchange_trace& trace)
{
    trace.closed_by = close_reason::none;
    auto socket = co_await connect(context, where, until.connect, trace);
    if (!socket)
        co_return socket.error();
    ULAK_FAILPOINT("send/connected");
    co_return co_await handshake(context, std::move(*socket), until.handshake, trace);
}

// A fault of the network at one address need not happen at the next, and nothing was sent yet. A refusal by TLS (a bad
// certificate, an alert) comes from the provider itself: it is reported every time, not only when the resolver happens
// to list that address first.
bool may_try_next_address(const error& why)
{
    return why.code == errc::connect_failed || why.code == errc::connection_lost || why.code == errc::timed_out;
}

// Reports the failure of the last address.
task<result<tls_stream_ptr>> dial_addresses(client_context& context, const endpoints& found, async::steady_point limit,
                                            exchange_trace& trace)
{
    error last(errc::connect_failed, context.settings.server_origin.host + " has no address");
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto now = context.clock.now();
        if (now >= limit)
            co_return timeout_error(trace, "connecting to", context.settings.server_origin.host);
        const auto until = split_time(now, limit, found.size() - i);
        auto one = co_await dial_address(context, found[i], until, trace);
        if (one || !may_try_next_address(one.error()))
            co_return one;
        last = one.error();
    }
    co_return last;
}

} // namespace

task<result<tls_stream_ptr>> dial(client_context& context, async::steady_point deadline, exchange_trace& trace)
{
    const auto& where = context.settings.server_origin;
    auto limit = std::min(deadline, context.clock.now() + context.settings.connect_timeout);
    trace.reached = phase::resolve;
    auto found = co_await context.name_resolver->resolve(where.host, where.port, limit);
    if (!found) {
        auto why = found.error();
        if (why.code == errc::timed_out || why.code == errc::cancelled)
            trace.closed_by = why.code == errc::timed_out ? close_reason::timeout : close_reason::cancelled;
        co_return why;
    }
    ULAK_FAILPOINT("send/resolved");
    auto allowed = drop_private(*found, context.settings);
    if (!allowed)
        co_return allowed.error();
    co_return co_await dial_addresses(context, *found, limit, trace);
}

} // namespace ulak::http
