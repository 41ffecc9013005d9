#include "control/detail/feed.hpp"

#include "control/detail/event_stream.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"

#include <charconv>

namespace ulak::control {

namespace {

task<void> stream_events(server_state& server, std::int64_t after, bool follow, bool masked, http::body_writer& out)
{
    // Subscribed before the store is read: what happens in between waits in the subscription.
    std::unique_ptr<events::subscription> live;
    if (follow)
        live = server.deps.event_bus.subscribe();
    event_stream reader(server.store(), out, after, masked);
    auto now = co_await reader.catch_up();
    if (now == event_stream::state::reading && live)
        now = co_await reader.follow(*live);
    if (now == event_stream::state::slow)
        co_await reader.write_cut();
}

} // namespace

task<http::reply> get_events(request_context& c)
{
    const std::string_view text = c.request.parameter("after");
    std::int64_t after = 0;
    if (!text.empty()) {
        auto [stop, wrong] = std::from_chars(text.data(), text.data() + text.size(), after);
        if (wrong != std::errc() || stop != text.data() + text.size() || after < 0)
            co_return problem(400, "invalid_argument", "after: the seq of the last event that you have");
    }
    const auto asked = parse_flag(c.request, "follow");
    if (!asked)
        co_return problem(asked.error());
    const bool follow = *asked;
    http::reply reply(200, {}, "application/x-ndjson");
    server_state* server = &c.server;
    reply.stream = [server, after, follow, masked = c.masked()](http::body_writer& out) {
        return stream_events(*server, after, follow, masked, out);
    };
    c.filtered = true; // line by line
    co_return reply;
}

} // namespace ulak::control
