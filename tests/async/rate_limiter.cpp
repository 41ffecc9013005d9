#include "async/rate_limiter.hpp"

#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(rate_limiter_)

using namespace std::chrono_literals;
using namespace ulak;
using async::rate_limiter;
using async::steady_point;
using async::token_bucket;

namespace {

struct limiter_fixture : tests::loop_fixture {
    task<> go(std::string name, double tokens)
    {
        const auto stopped = co_await limiter.acquire(tokens);
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - began).count();
        diary += name + (stopped ? "!" : "@") + std::to_string(ms) + " ";
    }

    task<> go_ahead(std::string name)
    {
        const auto stopped = co_await limiter.acquire_ahead(1);
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - began).count();
        diary += name + (stopped ? "!" : "@") + std::to_string(ms) + " ";
    }

    void stop(boost::asio::cancellation_signal& s)
    {
        s.emit(boost::asio::cancellation_type::terminal);
        settle();
    }

    rate_limiter limiter{clock, token_bucket(1.0, 2.0)};
    steady_point began = clock.now();
    std::string diary;
    boost::asio::cancellation_signal first, second;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(takers_go_in_order_at_the_rate, limiter_fixture)
{
    for (const auto* name : {"a", "b", "c", "d"})
        start(go(name, 1));
    pass(10s);
    BOOST_TEST(diary == "a@0 b@0 c@1000 d@2000 ");
}

BOOST_FIXTURE_TEST_CASE(a_small_take_does_not_overtake_a_large_one, limiter_fixture)
{
    start(go("a", 2));
    start(go("large", 4));
    start(go("small", 1));
    pass(10s);
    BOOST_TEST(diary == "a@0 large@2000 small@5000 ");
}

BOOST_FIXTURE_TEST_CASE(those_behind_a_cancelled_taker_move_up, limiter_fixture)
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

BOOST_FIXTURE_TEST_CASE(cancelling_in_the_middle_of_the_queue_takes_nothing, limiter_fixture)
{
    start(go("a", 2));
    start(go("b", 1));
    start(go("c", 1), &first);
    start(go("d", 1));
    stop(first);
    pass(10s);
    BOOST_TEST(diary == "a@0 c!0 b@1000 d@2000 ");
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_taker_after_its_time_has_gone, limiter_fixture)
{
    start(go("z", 2));
    start(go("a", 1), &first);
    pass(1s);
    stop(first);
    BOOST_TEST(diary == "z@0 a@1000 ");
}

BOOST_FIXTURE_TEST_CASE(what_is_there_is_taken_without_waiting, limiter_fixture)
{
    BOOST_TEST(limiter.try_acquire(1, clock.now()));
    BOOST_TEST(limiter.try_acquire(1, clock.now()));
    BOOST_TEST(!limiter.try_acquire(1, clock.now()));
    start(go("a", 1));
    pass(10s);
    BOOST_TEST(diary == "a@1000 ", "a refused try costs nothing and gives nothing");
}

BOOST_FIXTURE_TEST_CASE(nothing_is_taken_before_the_waiters, limiter_fixture)
{
    BOOST_TEST(limiter.try_acquire(2, clock.now()));
    start(go("a", 2));
    pass(1500ms);
    BOOST_TEST(!limiter.try_acquire(0.5, clock.now()));
    pass(500ms);
    BOOST_TEST(diary == "a@2000 ");
}

BOOST_FIXTURE_TEST_CASE(an_acquire_ahead_waits_for_the_head_of_the_queue_only, limiter_fixture)
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
