#include "async/semaphore.hpp"

#include "support/loop_fixture.hpp"

#include <random>

BOOST_AUTO_TEST_SUITE(semaphore_)

using namespace std::chrono_literals;
using namespace ulak;
using async::permit;
using async::semaphore;

namespace {

struct semaphore_fixture : tests::loop_fixture {
    task<> hold(std::string name, std::chrono::milliseconds d)
    {
        auto permit = co_await permits.acquire();
        if (!permit) {
            diary += name + "! ";
            co_return;
        }
        diary += name + "+ ";
        co_await clock.sleep_for(d);
        diary += name + "- ";
    }

    void stop(boost::asio::cancellation_signal& s) { s.emit(boost::asio::cancellation_type::terminal); }

    semaphore permits{io.get_executor(), 1};
    std::string diary;
    boost::asio::cancellation_signal first, second;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(permits_are_given_in_the_order_of_asking, semaphore_fixture)
{
    start(hold("a", 1s));
    start(hold("b", 1s));
    start(hold("c", 1s));
    BOOST_TEST(permits.waiting() == 2u);
    pass(5s);
    BOOST_TEST(diary == "a+ a- b+ b- c+ c- ");
    BOOST_TEST(permits.available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_waiter_that_was_just_woken_is_not_overtaken, semaphore_fixture)
{
    auto held = permits.try_acquire();
    BOOST_TEST_REQUIRE(held.has_value());
    start(hold("a", 1s));
    held->release();
    BOOST_TEST(!permits.try_acquire().has_value(), "the permit belongs to the one who waited");
    pass(1s);
    BOOST_TEST(diary == "a+ a- ");
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_waiter_leaves_the_queue, semaphore_fixture)
{
    start(hold("a", 10s));
    start(hold("b", 1s), &first);
    start(hold("c", 1s));
    stop(first);
    settle();
    BOOST_TEST(diary == "a+ b! ");
    pass(11s);
    BOOST_TEST(diary == "a+ b! a- c+ c- ");
}

BOOST_FIXTURE_TEST_CASE(a_permit_that_meets_a_cancellation_is_not_lost, semaphore_fixture)
{
    for (const bool permit_first : {true, false})
        BOOST_TEST_CONTEXT("permit first: " << permit_first)
        {
            diary.clear();
            boost::asio::cancellation_signal signal;
            auto held = permits.try_acquire();
            BOOST_TEST_REQUIRE(held.has_value());
            start(hold("a", 1h), &signal);
            start(hold("b", 1s));
            if (permit_first)
                held->release();
            stop(signal);
            if (!permit_first)
                held->release();
            settle();
            pass(1s);
            BOOST_TEST(diary == "a+ a- b+ b- ", diary);
            BOOST_TEST(permits.available() == 1u);
        }
}

BOOST_FIXTURE_TEST_CASE(a_caller_that_is_cancelled_already_gets_none, semaphore_fixture)
{
    auto late = [](semaphore_fixture& f) -> task<> {
        co_await f.clock.sleep_for(1h);
        co_await f.hold("late", 1s);
    };
    start(late(*this), &first);
    stop(first);
    settle();
    BOOST_TEST(diary == "late! ");
    BOOST_TEST(permits.available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_permit_moves_and_goes_back_once, semaphore_fixture)
{
    auto one = permits.try_acquire();
    BOOST_TEST_REQUIRE(one.has_value());
    permit other = std::move(*one);
    BOOST_TEST(!*one);
    one.reset();
    BOOST_TEST(permits.available() == 0u);
    other.release();
    other.release();
    BOOST_TEST(permits.available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(assigning_over_a_permit_gives_the_old_one_back, semaphore_fixture)
{
    semaphore two(io.get_executor(), 2);
    auto a = two.try_acquire();
    auto b = two.try_acquire();
    BOOST_TEST(!two.try_acquire().has_value());
    *a = std::move(*b);
    BOOST_TEST(two.available() == 1u);
}

BOOST_AUTO_TEST_CASE(a_loop_destroyed_with_waiters_passes_the_permit_on_harmlessly)
{
    std::optional<permit> held;
    {
        boost::asio::io_context io(1);
        semaphore permits(io.get_executor(), 1);
        auto wait = [](semaphore& s) -> task<> {
            auto permit = co_await s.acquire();
            BOOST_ERROR("nobody gives this permit while the loop runs");
        };
        for (int i = 0; i < 3; ++i)
            boost::asio::co_spawn(io, wait(permits), [](std::exception_ptr) {});
        held = permits.try_acquire();
        io.poll();
        held.reset();
    }
    BOOST_TEST(!held.has_value());
}

BOOST_FIXTURE_TEST_CASE(random_cancellations_and_holds_never_lose_or_double_a_permit, tests::loop_fixture)
{
    std::mt19937 random(20261122);
    semaphore permits(io.get_executor(), 3);
    int inside = 0, most = 0;
    auto work = [](tests::loop_fixture& f, semaphore& s, int& in, int& top, int ms) -> task<> {
        auto permit = co_await s.acquire();
        if (!permit)
            co_return;
        top = std::max(top, ++in);
        co_await f.clock.sleep_for(std::chrono::milliseconds(ms));
        --in;
    };
    std::vector<boost::asio::cancellation_signal> signals(300);
    for (std::size_t i = 0; i < signals.size(); ++i) {
        start(work(*this, permits, inside, most, static_cast<int>(random() % 50)), &signals[i]);
        signals[random() % (i + 1)].emit(boost::asio::cancellation_type::terminal);
        if (random() % 3 == 0)
            pass(std::chrono::milliseconds(random() % 20));
    }
    pass(1h);
    BOOST_TEST(most == 3);
    BOOST_TEST(inside == 0);
    BOOST_TEST(permits.available() == 3u);
    BOOST_TEST(permits.waiting() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
