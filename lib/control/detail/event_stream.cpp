#include "control/detail/event_stream.hpp"

#include "control/detail/public_answers.hpp"
#include "control/detail/view_filter.hpp"
#include "core/utf8.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::control {

namespace {

constexpr std::size_t events_per_read = 200; ///< held in memory for each reader
constexpr std::chrono::seconds heartbeat{15};

} // namespace

event_stream::state event_stream::state_after(const error& e)
{
    return e.code == errc::timed_out || e.code == errc::cancelled ? state::slow : state::gone;
}

std::string event_stream::line(const events::event& e)
{
    last_ = e.seq;
    boost::json::object shown = events::to_json(e);
    if (masked_)
        hide_all_but(shown, public_answers::event);
    return to_valid_utf8(boost::json::serialize(shown)) + "\n";
}

task<event_stream::state> event_stream::catch_up()
{
    for (;;) {
        auto found = co_await store_.events_after(last_, events_per_read);
        if (!found)
            co_return state_after(found.error());
        if (found->empty())
            co_return state::reading;
        std::string lines;
        for (const events::event& e : *found)
            lines += line(e);
        auto written = co_await out_.write(std::move(lines));
        if (!written)
            co_return state_after(written.error());
    }
}

task<event_stream::state> event_stream::follow(events::subscription& live)
{
    for (;;) {
        auto e = co_await live.next(heartbeat);
        std::string piece = "\n";
        if (e && e->seq <= last_)
            continue; // written already, or only for the log
        if (e)
            piece = line(*e);
        else if (e.error().code != errc::timed_out)
            co_return state::slow;
        auto written = co_await out_.write(std::move(piece));
        if (!written)
            co_return state_after(written.error());
    }
}

task<void> event_stream::write_cut()
{
    const auto seq = std::to_string(last_);
    std::string cut = "{\"event\":\"feed.cut\",\"message\":\"resume with after=" + seq + "\",\"after\":" + seq + "}\n";
    auto ignored = co_await out_.write(std::move(cut)); // the reader may be gone, which is no news
    (void)ignored;
}

} // namespace ulak::control
