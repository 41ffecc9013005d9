#include "async/shielded.hpp"

#include "async/waiter.hpp"
#include "core/error.hpp"
#include "support/loop_fixture.hpp"

#include <memory>
#include <stdexcept>
#include <string>

using namespace std::chrono_literals;
using namespace ulak;
using async::shielded;

namespace {

/// Neither copied nor made from nothing: what comes out is what went in.
struct receipt {
    explicit receipt(int n) : number(std::make_unique<int>(n)) {}
    std::unique_ptr<int> number;
};

struct shielded_fixture : tests::loop_fixture {
    task<int> refund()
    {
        const auto stopped = co_await clock.sleep_for(5s);
        co_return stopped ? -1 : 7;
    }

    task<> give_back()
    {
        value = co_await shielded(refund());
        cancelled_afterwards = co_await async::cancellation_requested();
    }

    task<> give_back_late()
    {
        co_await clock.sleep_for(1h);
        co_await give_back();
    }

    task<int> explode()
    {
        co_await clock.sleep_for(1s);
        throw std::runtime_error("a bug");
    }

    task<> catch_it()
    {
        try {
            co_await shielded(explode());
        } catch (const std::runtime_error& e) {
            thrown = e.what();
        }
    }

    void stop()
    {
        signal.emit(boost::asio::cancellation_type::terminal);
        settle();
    }

    int value = 0;
    bool cancelled_afterwards = false;
    std::string thrown;
    boost::asio::cancellation_signal signal;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(shielded_, shielded_fixture)

BOOST_AUTO_TEST_CASE(without_a_cancellation_the_value_comes_and_nothing_else_happens)
{
    start(give_back(), &signal);
    pass(5s);
    BOOST_TEST(value == 7);
    BOOST_TEST(!cancelled_afterwards);
}

BOOST_AUTO_TEST_CASE(a_cancellation_meanwhile_does_not_reach_the_work_but_the_caller_afterwards)
{
    start(give_back(), &signal);
    pass(1s);
    stop();
    BOOST_TEST(value == 0, "the work goes on");
    pass(4s);
    BOOST_TEST(value == 7);
    BOOST_TEST(cancelled_afterwards);
}

BOOST_AUTO_TEST_CASE(a_caller_that_was_cancelled_before_can_still_run_the_work)
{
    start(give_back_late(), &signal);
    pass(1s);
    stop();
    pass(5s);
    BOOST_TEST(value == 7);
    BOOST_TEST(cancelled_afterwards);
}

BOOST_AUTO_TEST_CASE(an_exception_of_the_work_comes_through)
{
    start(catch_it());
    pass(1s);
    BOOST_TEST(thrown == "a bug");
}

BOOST_AUTO_TEST_CASE(values_need_no_default_and_are_moved)
{
    auto print = []() -> task<receipt> { co_return receipt(3); };
    BOOST_TEST(*run(shielded(print())).number == 3);
    auto fail = []() -> task<result<receipt>> { co_return error(errc::balance, "no money"); };
    BOOST_TEST((run(shielded(fail())).error().code == errc::balance));
}

BOOST_AUTO_TEST_CASE(work_without_a_value_is_waited_for)
{
    bool done = false;
    auto work = [](async::manual_clock& time, bool& out) -> task<> {
        const auto stopped = co_await time.sleep_for(2s);
        out = !stopped;
    };
    auto caller = [](task<> inner) -> task<> { co_await shielded(std::move(inner)); };
    start(caller(work(clock, done)), &signal);
    stop();
    BOOST_TEST(!done);
    pass(2s);
    BOOST_TEST(done);
}

BOOST_AUTO_TEST_SUITE_END()
