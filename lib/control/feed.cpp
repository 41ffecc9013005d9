// The events as NDJSON: first from the store, then live, without a gap between the two.
#include "control/detail/handlers.hpp"
#include "control/detail/problem.hpp"

#include <boost/json/serialize.hpp>

#include <charconv>
#include <memory>

namespace ulak::control {

namespace {

constexpr std::size_t events_per_read = 1000;
constexpr std::chrono::seconds heartbeat{15};

/// One reader. Everything that has a seq is told once, in order.
class event_stream {
  public:
    event_stream(server_state& at, http::body_writer& out, std::int64_t after) : server_(at), out_(out), last_(after) {}

    enum class state { reading, slow, gone };

    /// What the store has beyond the last one told.
    task<state> catch_up()
    {
        for (;;) {
            auto found = co_await server_.store().events_after(last_, events_per_read);
            if (!found)
                co_return after(found.error());
            if (found->empty())
                co_return state::reading;
            std::string lines;
            for (const events::event& e : *found)
                lines += line(e);
            auto written = co_await out_.write(std::move(lines));
            if (!written)
                co_return after(written.error());
        }
    }

    task<state> follow(events::subscription& live)
    {
        for (;;) {
            auto e = co_await live.next(heartbeat);
            std::string piece = "\n";
            if (e && e->seq <= last_)
                continue; // told already, or only for the log
            if (e)
                piece = line(*e);
            else if (e.error().code != errc::timed_out)
                co_return state::slow;
            auto written = co_await out_.write(std::move(piece));
            if (!written)
                co_return after(written.error());
        }
    }

    /// Why it ends, and where to go on: the last line of a reader that was too slow.
    task<void> write_cut()
    {
        std::string parting = "{\"event\":\"feed.cut\",\"message\":\"resume with after=" + std::to_string(last_) +
                              "\",\"after\":" + std::to_string(last_) + "}\n";
        auto ignored = co_await out_.write(std::move(parting)); // the reader may be gone, which is no news
        (void)ignored;
    }

  private:
    /// Too slow, or cancelled because others need the place: both can come back.
    static state after(const error& e)
    {
        return e.code == errc::timed_out || e.code == errc::cancelled ? state::slow : state::gone;
    }

    std::string line(const events::event& e)
    {
        last_ = e.seq;
        return boost::json::serialize(events::to_json(e)) + "\n";
    }

    server_state& server_;
    http::body_writer& out_;
    std::int64_t last_;
};

task<void> stream_events(server_state& at, std::int64_t after, bool follow, http::body_writer& out)
{
    // Subscribed before the store is read: what happens in between waits in the subscription.
    std::unique_ptr<events::subscription> live;
    if (follow)
        live = at.deps.event_bus.subscribe();
    event_stream reader(at, out, after);
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
    const bool follow = c.request.parameter("follow") == "1" || c.request.parameter("follow") == "true";
    http::reply said(200, {}, "application/x-ndjson");
    server_state* at = &c.server;
    said.stream = [at, after, follow](http::body_writer& out) { return stream_events(*at, after, follow, out); };
    co_return said;
}

} // namespace ulak::control
