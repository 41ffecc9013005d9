#include "control/detail/event_stream.hpp"

#include "control/control_world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(event_stream_)

namespace {

/// A store with three events, and a reader.
struct stream_world : control_world {
    stream_world()
    {
        for (const char* name : {"one", "two", "three"})
            commit({ledger::append_event{events::event(name, events::level::info, "text")}});
        boot();
        open();
    }
    void follow(std::int64_t after)
    {
        auto reply = read("/v1/events", {{"after", std::to_string(after)}, {"follow", "1"}});
        stream = reply.stream;
        asio::co_spawn(io, keep(stream(out), ended), [](std::exception_ptr e) { BOOST_TEST(!e); });
        time.run_until_idle();
    }
    void publish(std::int64_t seq)
    {
        events::event e("live", events::level::info, "text");
        e.seq = seq;
        bus->publish(e);
        time.run_until_idle();
    }
    std::size_t lines() const { return static_cast<std::size_t>(std::ranges::count(out.text(), '\n')); }
    std::int64_t last_seq() { return static_cast<std::int64_t>(get(disk->events_after(0, 1000)).value().back().seq); }

    collecting_writer out{};
    std::function<task<>(http::body_writer&)> stream{};
    bool ended = false;
};

} // namespace

BOOST_AUTO_TEST_CASE(what_the_store_has_is_written_once_in_order)
{
    stream_world w;
    control::event_stream stream(*w.disk, w.out, 0, false);
    BOOST_TEST((w.get(stream.catch_up()) == control::event_stream::state::reading));
    const auto first = w.out.text();
    BOOST_TEST(first.find("\"one\"") < first.find("\"two\""));
    BOOST_TEST(first.find("\"two\"") < first.find("\"three\""));
    w.get(stream.catch_up());
    BOOST_TEST(w.out.text() == first);
}

BOOST_AUTO_TEST_CASE(a_reader_gets_only_what_comes_after_its_seq)
{
    stream_world w;
    control::event_stream stream(*w.disk, w.out, 2, false);
    w.get(stream.catch_up());
    BOOST_TEST(w.out.text().find("\"one\"") == std::string::npos);
    BOOST_TEST(w.out.text().find("\"three\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_slow_reader_can_come_back_and_one_that_left_cannot)
{
    for (const auto& [code, state] : {std::pair(errc::timed_out, control::event_stream::state::slow),
                                      {errc::cancelled, control::event_stream::state::slow},
                                      {errc::connection_lost, control::event_stream::state::gone}}) {
        stream_world w;
        w.out.failure = error(code, "no");
        control::event_stream stream(*w.disk, w.out, 0, false);
        BOOST_TEST((w.get(stream.catch_up()) == state));
    }
}

BOOST_AUTO_TEST_CASE(the_cut_says_where_to_resume)
{
    stream_world w;
    control::event_stream stream(*w.disk, w.out, 41, false);
    bool done = false;
    asio::co_spawn(w.io, keep(stream.write_cut(), done), [](std::exception_ptr e) { BOOST_TEST(!e); });
    w.time.run_until_idle();
    BOOST_TEST(w.out.text() == "{\"event\":\"feed.cut\",\"message\":\"resume with after=41\",\"after\":41}\n");
}

BOOST_AUTO_TEST_CASE(a_follower_gets_each_live_event_once_and_is_told_where_to_resume)
{
    stream_world w;
    const auto last = w.last_seq();
    w.follow(last);
    BOOST_TEST(w.lines() == 0u);
    w.publish(last);     // written before
    w.publish(last + 1); // new
    BOOST_TEST(w.lines() == 1u);
    w.publish(0); // for the log alone
    BOOST_TEST(w.lines() == 1u);
    w.bus->close();
    w.time.run_until_idle();
    BOOST_TEST(w.ended);
    BOOST_TEST(w.out.pieces.back().find("feed.cut") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_follower_that_reads_too_slowly_is_cut_with_its_last_seq)
{
    stream_world w;
    const auto last = w.last_seq();
    w.follow(last);
    w.publish(last + 1);
    w.out.failure = error(errc::timed_out, "it reads nothing");
    w.publish(last + 2);
    BOOST_TEST(w.ended);
    BOOST_TEST(w.out.pieces.back().find("\"after\":" + std::to_string(last + 2)) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_follower_that_left_gets_no_last_line)
{
    stream_world w;
    const auto last = w.last_seq();
    w.follow(last);
    w.out.failure = error(errc::connection_lost, "gone");
    w.publish(last + 1);
    BOOST_TEST(w.ended);
    BOOST_TEST(w.out.text().find("feed.cut") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_seq_that_cannot_be_read_is_refused)
{
    stream_world w;
    for (const char* after : {"x", "-1", "1x", "99999999999999999999"})
        BOOST_TEST(code_in(w.read("/v1/events", {{"after", after}})) == "invalid_argument", after);
    BOOST_TEST(w.read("/v1/events").content_type == "application/x-ndjson");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
