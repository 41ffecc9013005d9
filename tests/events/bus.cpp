#include "events/bus.hpp"

#include "events/redactor.hpp"
#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(bus_)

using namespace ulak;
using namespace ulak::events;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

event numbered(std::int64_t seq)
{
    event e("run.started", level::info, "n" + std::to_string(seq));
    e.seq = seq;
    return e;
}

struct bus_fixture : loop_fixture {
    std::string next(subscription& s, std::chrono::milliseconds patience = 1ms)
    {
        auto e = run(s.next(patience));
        return e ? e->message : std::string(name(e.error().code));
    }
    std::unique_ptr<bus> all = std::make_unique<bus>(io.get_executor());
};

struct counting : sink {
    void publish(const event&) override { ++count; }
    int count = 0;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(sinks_and_followers_get_every_event_in_order, bus_fixture)
{
    counting sink;
    all->add(sink);
    const auto early = all->subscribe();
    all->publish(numbered(1));
    const auto late = all->subscribe();
    all->publish(numbered(2));
    BOOST_TEST(sink.count == 2);
    BOOST_TEST(next(*early) == "n1");
    BOOST_TEST(next(*early) == "n2");
    BOOST_TEST(next(*late) == "n2");
    BOOST_TEST(next(*early) == "timed_out");
}

BOOST_FIXTURE_TEST_CASE(a_follower_that_falls_behind_is_cut_off_where_it_stood, bus_fixture)
{
    const auto slow = all->subscribe(3);
    for (int n = 1; n <= 3; ++n)
        all->publish(numbered(n));
    BOOST_TEST(next(*slow) == "n1");
    for (int n = 4; n <= 9; ++n)
        all->publish(numbered(n));
    const auto end = run(slow->next(1ms));
    BOOST_REQUIRE(!end);
    BOOST_TEST(name(end.error().code) == "unavailable");
    BOOST_TEST(end.error().message.find("last event given was 1,") != std::string::npos, end.error().message);
    BOOST_TEST(next(*slow) == "unavailable");
}

BOOST_FIXTURE_TEST_CASE(a_waiting_follower_wakes_for_an_event_a_close_and_a_cancellation, bus_fixture)
{
    struct {
        const char* expected;
        void (*act)(bus&, boost::asio::cancellation_signal&);
    } const rows[] = {
        {"n7", [](bus& b, auto&) { b.publish(numbered(7)); }},
        {"unavailable", [](bus& b, auto&) { b.close(); }},
        {"cancelled", [](bus&, auto& stop) { stop.emit(boost::asio::cancellation_type::terminal); }},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.expected)
        {
            all = std::make_unique<bus>(io.get_executor());
            const auto s = all->subscribe();
            boost::asio::cancellation_signal stop;
            std::string got = "waiting";
            auto wait = [](subscription& from, std::string& out) -> task<> {
                auto e = co_await from.next(1h);
                out = e ? e->message : std::string(name(e.error().code));
            };
            start(wait(*s, got), &stop);
            BOOST_TEST(got == "waiting");
            row.act(*all, stop);
            settle();
            BOOST_TEST(got == row.expected);
        }
}

BOOST_FIXTURE_TEST_CASE(what_was_queued_before_a_close_is_still_given, bus_fixture)
{
    auto s = all->subscribe();
    all->publish(numbered(1));
    all->close();
    BOOST_TEST(next(*s) == "n1");
    BOOST_TEST(next(*s) == "unavailable");
    BOOST_TEST(next(*all->subscribe()) == "unavailable");
    all->publish(numbered(2));
}

BOOST_FIXTURE_TEST_CASE(either_may_go_first, bus_fixture)
{
    auto s = all->subscribe();
    all.reset();
    BOOST_TEST(next(*s) == "unavailable");
    all = std::make_unique<bus>(io.get_executor());
    s = all->subscribe();
    s.reset();
    all->publish(numbered(1));
}

BOOST_FIXTURE_TEST_CASE(followers_see_no_secrets, bus_fixture)
{
    process_redactor().add_secret("canary-of-the-bus");
    const auto s = all->subscribe();
    auto e = numbered(1);
    e.message = "canary-of-the-bus";
    all->publish(e);
    BOOST_TEST(next(*s) == "***");
}

BOOST_AUTO_TEST_SUITE_END()
