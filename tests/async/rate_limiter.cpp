#include "async/rate_limiter.hpp"

#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(rate_limiter_)

using namespace std::chrono_literals;
using namespace ulak;
using async::rate_limiter;
using async::steady_point;
using async::token_bucket;

namespace {

struct pace_fixture : tests::loop_fixture {
    task<> go(std::string name, double tokens)
    {
        const auto stopped = co_await line.acquire(tokens);
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - began).count();
        diary += name + (stopped ? "!" : "@") + std::to_string(ms) + " ";
    }

    task<> go_ahead(std::string name)
    {
        const auto stopped = co_await line.acquire_ahead(1);
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - began).count();
        diary += name + (stopped ? "!" : "@") + std::to_string(ms) + " ";
    }

    void stop(boost::asio::cancellation_signal& s)
    {
        s.emit(boost::asio::cancellation_type::terminal);
        settle();
    }

    rate_limiter line{clock, token_bucket(1.0, 2.0)};
    steady_point began = clock.now();
    std::string diary;
    boost::asio::cancellation_signal first, second;
};

} // namespace

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

BOOST_FIXTURE_TEST_CASE(takers_go_in_order_at_the_rate, pace_fixture)
{
    for (const auto* name : {"a", "b", "c", "d"})
        start(go(name, 1));
    pass(10s);
    BOOST_TEST(diary == "a@0 b@0 c@1000 d@2000 ");
}

BOOST_FIXTURE_TEST_CASE(a_small_take_does_not_overtake_a_large_one, pace_fixture)
{
    start(go("a", 2));
    start(go("large", 4));
    start(go("small", 1));
    pass(10s);
    BOOST_TEST(diary == "a@0 large@2000 small@5000 ");
}

BOOST_FIXTURE_TEST_CASE(those_behind_a_cancelled_taker_move_up, pace_fixture)
{
    start(go("a", 2));
    start(go("large", 30), &first);
    start(go("b", 1));
    pass(1s);
    stop(first);
    BOOST_TEST(diary == "a@0 large!1000 b@1000 ");
    start(go("c", 1));
    pass(10s);
    BOOST_TEST(diary == "a@0 large!1000 b@1000 c@2000 ");
}

BOOST_FIXTURE_TEST_CASE(cancelling_in_the_middle_of_the_line_takes_nothing, pace_fixture)
{
    start(go("a", 2));
    start(go("b", 1));
    start(go("c", 1), &first);
    start(go("d", 1));
    stop(first);
    pass(10s);
    BOOST_TEST(diary == "a@0 c!0 b@1000 d@2000 ");
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_taker_after_its_time_has_gone, pace_fixture)
{
    start(go("z", 2));
    start(go("a", 1), &first);
    pass(1s);
    stop(first);
    BOOST_TEST(diary == "z@0 a@1000 ");
}

BOOST_FIXTURE_TEST_CASE(what_is_there_is_taken_without_waiting, pace_fixture)
{
    BOOST_TEST(line.try_acquire(1, clock.now()));
    BOOST_TEST(line.try_acquire(1, clock.now()));
    BOOST_TEST(!line.try_acquire(1, clock.now()));
    start(go("a", 1));
    pass(10s);
    BOOST_TEST(diary == "a@1000 ", "a refused try costs nothing and gives nothing");
}

BOOST_FIXTURE_TEST_CASE(nothing_is_taken_before_those_who_wait, pace_fixture)
{
    BOOST_TEST(line.try_acquire(2, clock.now()));
    start(go("a", 2));
    pass(1500ms);
    BOOST_TEST(!line.try_acquire(0.5, clock.now()));
    pass(500ms);
    BOOST_TEST(diary == "a@2000 ");
}

BOOST_FIXTURE_TEST_CASE(who_goes_ahead_waits_for_the_first_in_line_only, pace_fixture)
{
    for (const char* name : {"a", "b", "c", "d", "e"})
        start(go(name, 1));
    start(go_ahead("x"));
    start(go_ahead("y"), &first);
    pass(500ms);
    stop(first);
    pass(5s);
    BOOST_TEST(diary == "a@0 b@0 y!500 c@1000 x@2000 d@3000 e@4000 ");
}

BOOST_AUTO_TEST_SUITE_END()
