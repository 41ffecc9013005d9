#include "async/manual_clock.hpp"

#include "support/loop_fixture.hpp"

#include <sstream>

BOOST_AUTO_TEST_SUITE(manual_clock_)

using namespace std::chrono_literals;
using namespace ulak;
using tests::loop_fixture;

namespace {

struct diary_fixture : loop_fixture {
    long ms() const { return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - began).count(); }
    void note(const std::string& what) { diary << what << '@' << ms() << ' '; }

    task<> nap(std::string name, std::chrono::milliseconds d)
    {
        const auto ec = co_await clock.sleep_for(d);
        note(name + (ec ? "!" : ""));
    }

    task<> poll(std::string name, std::chrono::milliseconds every, int times)
    {
        for (int i = 0; i < times; ++i) {
            const auto ec = co_await clock.sleep_for(every);
            note(name + (ec ? "!" : ""));
            if (ec)
                co_return;
        }
    }

    task<> ignore_cancellation_once()
    {
        const auto first = co_await clock.sleep_for(10s);
        note(first ? "first!" : "first");
        const auto second = co_await clock.sleep_for(10s);
        note(second ? "second!" : "second");
    }

    async::steady_point began = clock.now();
    std::ostringstream diary;
    boost::asio::cancellation_signal signal;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(sleepers_wake_in_order_of_their_deadlines_at_their_deadlines, diary_fixture)
{
    start(nap("c", 30s));
    start(nap("a", 10s));
    start(nap("b", 20s));
    pass(1min);
    BOOST_TEST(diary.str() == "a@10000 b@20000 c@30000 ");
}

BOOST_FIXTURE_TEST_CASE(equal_deadlines_wake_in_order_of_arrival, diary_fixture)
{
    for (const auto* name : {"a", "b", "c"})
        start(nap(name, 5s));
    pass(5s);
    BOOST_TEST(diary.str() == "a@5000 b@5000 c@5000 ");
}

BOOST_FIXTURE_TEST_CASE(a_sleeper_that_sleeps_again_is_woken_within_the_same_advance, diary_fixture)
{
    start(poll("p", 3s, 4));
    start(nap("n", 7s));
    pass(20s);
    BOOST_TEST(diary.str() == "p@3000 p@6000 n@7000 p@9000 p@12000 ");
}

BOOST_FIXTURE_TEST_CASE(time_stops_just_before_a_deadline, diary_fixture)
{
    start(nap("n", 10s));
    pass(9999ms);
    BOOST_TEST(diary.str() == "");
    BOOST_TEST(clock.sleepers() == 1u);
    pass(1ms);
    BOOST_TEST(diary.str() == "n@10000 ");
    BOOST_TEST(clock.sleepers() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_time_in_the_past_ends_at_the_next_turn_without_time_going_on, diary_fixture)
{
    start(nap("now", 0s));
    start(nap("past", -5s));
    BOOST_TEST(diary.str() == "now@0 past@0 ");
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_sleep_says_so_at_once, diary_fixture)
{
    start(nap("n", 10s), &signal);
    pass(4s);
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(diary.str() == "n!@4000 ");
    BOOST_TEST(clock.sleepers() == 0u);
}

BOOST_FIXTURE_TEST_CASE(every_later_sleep_of_a_cancelled_task_is_cancelled_too, diary_fixture)
{
    start(ignore_cancellation_once(), &signal);
    pass(1s);
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(diary.str() == "first!@1000 second!@1000 ");
}

BOOST_FIXTURE_TEST_CASE(the_wall_goes_with_the_clock_and_jumps_alone, loop_fixture)
{
    BOOST_TEST(rfc3339(clock.wall_now()) == "2026-11-22T09:00:00.000Z");
    pass(1500ms);
    BOOST_TEST(rfc3339(clock.wall_now()) == "2026-11-22T09:00:01.500Z");
    const auto steady = clock.now();
    clock.jump_wall(-1h);
    BOOST_TEST(rfc3339(clock.wall_now()) == "2026-11-22T08:00:01.500Z");
    BOOST_TEST((clock.now() == steady));
}

BOOST_FIXTURE_TEST_CASE(a_jump_of_the_wall_wakes_no_sleeper, diary_fixture)
{
    start(nap("n", 10s));
    clock.jump_wall(24h);
    settle();
    BOOST_TEST(diary.str() == "");
    pass(10s);
    BOOST_TEST(diary.str() == "n@10000 ");
}

BOOST_FIXTURE_TEST_CASE(whoever_is_due_when_the_machine_wakes_is_woken_at_once_and_nobody_before, diary_fixture)
{
    start(nap("a", 10s));
    start(nap("b", 20s));
    start(nap("c", 2h));
    const auto wall = clock.wall_now();
    clock.suspend(1h);
    BOOST_TEST(diary.str() == "a@3600000 b@3600000 ");
    BOOST_TEST((clock.wall_now() - wall == 1h));
    pass(1h);
    BOOST_TEST(diary.str() == "a@3600000 b@3600000 c@7200000 ");
}

BOOST_FIXTURE_TEST_CASE(a_reboot_begins_to_count_anew, loop_fixture)
{
    const auto boot = clock.boot_id();
    const auto wall = clock.wall_now();
    clock.reboot(10min);
    BOOST_TEST(clock.boot_id() != boot);
    BOOST_TEST((clock.now().time_since_epoch() < 1min));
    BOOST_TEST((clock.wall_now() == wall + 10min));
}

BOOST_FIXTURE_TEST_CASE(a_step_of_the_wall_is_told_once_also_when_nobody_waited, diary_fixture)
{
    auto hear = [](diary_fixture& f) -> task<> {
        const auto stopped = co_await f.clock.wait_until_set();
        f.note(stopped ? "stopped" : "set");
    };
    start(hear(*this));
    clock.jump_wall(-5min);
    settle();
    BOOST_TEST(diary.str() == "set@0 ");
    start(hear(*this), &signal);
    BOOST_TEST(diary.str() == "set@0 ");
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    clock.suspend(1s);
    start(hear(*this));
    BOOST_TEST(diary.str() == "set@0 stopped@0 set@1000 ");
}

BOOST_AUTO_TEST_CASE(a_loop_destroyed_after_its_clock_is_harmless)
{
    boost::asio::io_context io(1);
    std::optional<async::manual_clock> clock(std::in_place, io.get_executor(), wall_point());
    auto sleep = [](async::manual_clock& c) -> task<> { co_await c.sleep_for(1h); };
    boost::asio::co_spawn(io, sleep(*clock), [](std::exception_ptr) {});
    io.poll();
    BOOST_TEST(clock->sleepers() == 1u);
    clock.reset();
}

BOOST_AUTO_TEST_SUITE_END()
