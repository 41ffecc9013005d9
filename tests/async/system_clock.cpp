#include "async/system_clock.hpp"

#include "support/loop_fixture.hpp"

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
        co_return std::chrono::steady_clock::now();
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

BOOST_AUTO_TEST_SUITE_END()
