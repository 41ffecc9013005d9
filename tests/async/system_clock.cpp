#include "async/system_clock.hpp"

#include "support/loop_fixture.hpp"

#include <fstream>

#include <sched.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(system_clock_)

using namespace std::chrono_literals;
using namespace ulak;
using async::steady_point;

namespace {

struct real_time_fixture : tests::loop_fixture {
    async::system_clock real{io.get_executor()};

    task<steady_point> nap(std::chrono::milliseconds d)
    {
        const auto ec = co_await real.sleep_for(d);
        BOOST_TEST(!ec);
        co_return real.now();
    }

    task<> sleep_for_ever(boost::system::error_code& first, boost::system::error_code& second)
    {
        const auto one = co_await real.sleep_until(steady_point::max());
        first = one;
        const auto two = co_await real.sleep_for(1h);
        second = two;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(deadlines_are_rounded_up_to_the_grid)
{
    const auto at = [](std::chrono::nanoseconds ns) { return steady_point(ns); };
    BOOST_TEST((async::round_up_to_grid(at(20ms)) == at(20ms)));
    BOOST_TEST((async::round_up_to_grid(at(20ms + 1ns)) == at(30ms)));
    BOOST_TEST((async::round_up_to_grid(at(29ms)) == at(30ms)));
    BOOST_TEST((async::round_up_to_grid(at(0ms)) == at(0ms)));
    BOOST_TEST((async::round_up_to_grid(at(-5ms)) == at(0ms)));
    BOOST_TEST((async::round_up_to_grid(steady_point::max()) == steady_point::max()));
}

BOOST_FIXTURE_TEST_CASE(a_short_sleep_is_never_too_short, real_time_fixture)
{
    const auto before = real.now();
    const auto after = run(nap(3ms));
    BOOST_TEST((after - before >= 3ms));
}

BOOST_FIXTURE_TEST_CASE(a_past_deadline_ends_without_waiting, real_time_fixture)
{
    run(nap(-1h));
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_sleep_and_those_after_it_are_aborted, real_time_fixture)
{
    boost::asio::cancellation_signal signal;
    boost::system::error_code first, second;
    start(sleep_for_ever(first, second), &signal);
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(started() == 0u);
    BOOST_TEST(first == boost::asio::error::operation_aborted);
    BOOST_TEST(second == boost::asio::error::operation_aborted);
}

BOOST_FIXTURE_TEST_CASE(time_goes_on_in_a_suspend, real_time_fixture)
{
    const auto read = [] {
        timespec t = {};
        ::clock_gettime(CLOCK_BOOTTIME, &t);
        return steady_point(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
    };
    const auto before = read();
    const auto now = real.now();
    BOOST_TEST((before <= now));
    BOOST_TEST((now <= read()));
    BOOST_TEST(real.boot_id().size() == 36u);
}

// In a time namespace whose boot time is far ahead, as after a long suspend: CLOCK_MONOTONIC knows nothing of it there.
BOOST_AUTO_TEST_CASE(sleeps_count_on_the_time_since_the_machine_started)
{
    constexpr auto slept = 100'000s;
    const auto boot = [] { return async::boot_timer::now(); };
    const auto before = boot();
    const pid_t outer = ::fork();
    if (outer == 0) {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWTIME) != 0 && ::unshare(CLONE_NEWTIME) != 0)
            ::_exit(77); // not allowed here
        std::ofstream offsets("/proc/self/timens_offsets");
        offsets << "boottime " << slept.count() << " 0" << std::endl;
        if (!offsets)
            ::_exit(77);
        const pid_t inner = ::fork();
        if (inner == 0) {
            real_time_fixture f;
            const auto woken = f.run(f.nap(30ms));
            ::_exit(woken - before >= slept && woken - before < slept + 50s ? 0 : 1);
        }
        int how = 0;
        ::waitpid(inner, &how, 0);
        ::_exit(WIFEXITED(how) ? WEXITSTATUS(how) : 2);
    }
    int how = 0;
    ::waitpid(outer, &how, 0);
    BOOST_TEST_REQUIRE(WIFEXITED(how));
    if (WEXITSTATUS(how) == 77)
        BOOST_TEST_MESSAGE("this machine allows no time namespace");
    else
        BOOST_TEST(WEXITSTATUS(how) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_loop_in_which_nobody_sleeps_any_more_ends, real_time_fixture)
{
    boost::asio::cancellation_signal signal;
    boost::system::error_code first, second;
    start(sleep_for_ever(first, second), &signal);
    signal.emit(boost::asio::cancellation_type::terminal);
    io.restart();
    io.run(); // returns
    BOOST_TEST(started() == 0u);
}

BOOST_FIXTURE_TEST_CASE(many_sleepers_wake_in_their_order, real_time_fixture)
{
    std::string order;
    auto sleeper = [](real_time_fixture& f, std::string& all, char name, std::chrono::milliseconds d) -> task<> {
        co_await f.real.sleep_for(d);
        all += name;
    };
    start(sleeper(*this, order, 'c', 90ms));
    start(sleeper(*this, order, 'a', 10ms));
    start(sleeper(*this, order, 'b', 50ms));
    io.restart();
    io.run();
    BOOST_TEST(order == "abc");
}

BOOST_FIXTURE_TEST_CASE(nobody_sets_the_clock_and_the_wait_for_it_can_be_cancelled, real_time_fixture)
{
    boost::asio::cancellation_signal signal;
    boost::system::error_code heard;
    auto hear = [](async::system_clock& c, boost::system::error_code& out) -> task<> {
        out = co_await c.wait_until_set();
    };
    start(hear(real, heard), &signal);
    BOOST_TEST(started() == 1u);
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(started() == 0u);
    BOOST_TEST(heard == boost::asio::error::operation_aborted);
}

BOOST_AUTO_TEST_SUITE_END()
