#include "async/token_bucket.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

BOOST_AUTO_TEST_SUITE(token_bucket_)

using namespace std::chrono_literals;
using ulak::async::steady_point;
using ulak::async::token_bucket;

BOOST_AUTO_TEST_CASE(a_full_bucket_gives_its_burst_and_then_one_by_one)
{
    token_bucket bucket(10.0, 2.0);
    const steady_point t0(1h);
    BOOST_TEST(bucket.reserve(1, t0).count() == 0);
    BOOST_TEST(bucket.reserve(1, t0).count() == 0);
    BOOST_TEST(bucket.reserve(1, t0).count() == 100'000'000);
    BOOST_TEST(bucket.reserve(1, t0).count() == 200'000'000);
}

BOOST_AUTO_TEST_CASE(idle_time_fills_the_bucket_only_to_its_rim)
{
    token_bucket bucket(10.0, 2.0);
    const steady_point t0(1h);
    bucket.reserve(2, t0);
    BOOST_TEST(bucket.reserve(2, t0 + 1h).count() == 0);
    BOOST_TEST(bucket.reserve(1, t0 + 1h).count() == 100'000'000);
}

BOOST_AUTO_TEST_CASE(a_time_that_goes_back_gives_nothing_twice)
{
    token_bucket bucket(1.0, 1.0);
    const steady_point t0(1h);
    bucket.reserve(1, t0);
    BOOST_TEST(bucket.reserve(0, t0 - 10s).count() == 0);
    BOOST_TEST(bucket.reserve(1, t0).count() == 1'000'000'000);
}

BOOST_AUTO_TEST_CASE(more_than_the_burst_goes_when_the_bucket_is_full_and_those_behind_pay)
{
    token_bucket bucket(10.0, 10.0);
    const steady_point t0(1h);
    BOOST_TEST(bucket.reserve(1000, t0).count() == 0);
    BOOST_TEST((bucket.reserve(1000, t0) == 100s));
    BOOST_TEST((bucket.reserve(1, t0 + 100s) == 99'100ms));
}

BOOST_AUTO_TEST_CASE(large_takes_keep_the_rate_in_the_long_run)
{
    token_bucket bucket(10.0, 10.0);
    steady_point now(1h);
    for (int i = 0; i < 10; ++i)
        now += bucket.reserve(250, now);
    BOOST_TEST((now - steady_point(1h) == 225s)); // nine times 250 at 10 a second; the first one found it full
}

BOOST_AUTO_TEST_CASE(what_is_given_back_is_there_again_but_not_above_the_rim)
{
    token_bucket bucket(1.0, 2.0);
    const steady_point t0(1h);
    bucket.reserve(3, t0);
    bucket.return_tokens(3);
    bucket.return_tokens(3);
    BOOST_TEST(bucket.reserve(2, t0).count() == 0);
    BOOST_TEST(bucket.reserve(1, t0).count() == 1'000'000'000);
}

BOOST_AUTO_TEST_CASE(an_endless_wait_still_fits_into_time)
{
    token_bucket bucket(1e-9, 1.0);
    bucket.reserve(1e9, steady_point(1h));
    const auto wait = bucket.reserve(1e9, steady_point(1h));
    BOOST_TEST((steady_point(1h) + wait > steady_point(1h)));
}

BOOST_AUTO_TEST_SUITE_END()
