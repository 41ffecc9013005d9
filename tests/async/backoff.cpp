#include "async/backoff.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(backoff_)

using namespace std::chrono_literals;
using ulak::async::backoff;

BOOST_AUTO_TEST_CASE(waits_grow_by_the_factor_up_to_the_maximum)
{
    backoff waits(100ms, 2.0, 1s, 0.0);
    for (const auto expected : {100, 200, 400, 800, 1000, 1000})
        BOOST_TEST(waits.next(0.5).count() == expected);
}

BOOST_AUTO_TEST_CASE(a_reset_begins_again)
{
    backoff waits(100ms, 3.0, 10s, 0.0);
    waits.next(1);
    waits.next(1);
    waits.reset();
    BOOST_TEST(waits.next(1).count() == 100);
}

BOOST_AUTO_TEST_CASE(jitter_only_shortens_and_by_at_most_its_fraction)
{
    BOOST_TEST(backoff(1s, 2.0, 10s, 0.25).next(0.0).count() == 750);
    BOOST_TEST(backoff(1s, 2.0, 10s, 0.25).next(1.0).count() == 1000);
    BOOST_TEST(backoff(1s, 2.0, 10s, 1.0).next(0.0).count() == 0);
    BOOST_TEST(backoff(1s, 2.0, 10s, 1.0).next(7.0).count() == 1000, "a random number out of range is clamped");
}

BOOST_AUTO_TEST_CASE(jitter_does_not_slow_the_growth)
{
    backoff waits(1s, 2.0, 10s, 1.0);
    waits.next(0.0);
    BOOST_TEST(waits.next(1.0).count() == 2000);
}

BOOST_AUTO_TEST_CASE(ten_thousand_repeats_do_not_overflow)
{
    backoff waits(1ms, 1000.0, std::chrono::hours(24), 0.0);
    for (int i = 0; i < 10'000; ++i)
        BOOST_REQUIRE(waits.next(1) <= std::chrono::hours(24));
}

BOOST_AUTO_TEST_CASE(a_first_wait_above_the_maximum_is_cut)
{
    BOOST_TEST(backoff(1min, 2.0, 5s, 0.0).next(1).count() == 5000);
}

BOOST_AUTO_TEST_CASE(the_wait_before_any_repeat_is_known_without_counting_up_to_it)
{
    backoff waits(1s, 2.0, 15s, 0.5);
    for (const auto& [repeat, seconds] : {std::pair(0u, 1), {1u, 2}, {2u, 4}, {3u, 8}, {4u, 15}, {60u, 15}})
        BOOST_TEST(waits.wait_before(repeat).count() == seconds * 1000);
    backoff same(1s, 2.0, 15s, 0.0);
    for (unsigned repeat = 0; repeat < 10; ++repeat)
        BOOST_TEST((same.next() == waits.wait_before(repeat)));
    BOOST_TEST(waits.wait_before(4'000'000'000u).count() == 15'000, "the growth is bounded, not the count");
    BOOST_TEST(backoff(0s, 2.0, 15s, 0.0).wait_before(2'000).count() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
