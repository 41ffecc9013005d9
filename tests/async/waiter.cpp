#include "async/waiter.hpp"

#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(waiter_)

using namespace ulak;
using namespace ulak::async;
using tests::loop_fixture;

namespace {

task<> wait_for(waiter& w, std::optional<boost::system::error_code>& ended)
{
    const auto ec = co_await w.wait();
    ended = ec;
}

struct waiter_fixture : loop_fixture {
    waiter w{io.get_executor()};
    std::optional<boost::system::error_code> ended;
    boost::asio::cancellation_signal signal;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_wake_up_before_the_wait_is_kept, waiter_fixture)
{
    w.wake();
    start(wait_for(w, ended));
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(!*ended);
}

BOOST_FIXTURE_TEST_CASE(no_coroutine_runs_inside_wake, waiter_fixture)
{
    start(wait_for(w, ended));
    w.wake();
    w.wake();
    BOOST_TEST(!ended.has_value());
    settle();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(!*ended);
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_is_a_value, waiter_fixture)
{
    start(wait_for(w, ended), &signal);
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(*ended == boost::asio::error::operation_aborted);
}

BOOST_FIXTURE_TEST_CASE(a_wake_up_wins_over_a_cancellation_in_either_order, waiter_fixture)
{
    start(wait_for(w, ended), &signal);
    signal.emit(boost::asio::cancellation_type::terminal);
    w.wake();
    settle();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(!*ended);

    waiter second(io.get_executor());
    ended.reset();
    boost::asio::cancellation_signal other;
    start(wait_for(second, ended), &other);
    second.wake();
    other.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(!*ended);
}

BOOST_FIXTURE_TEST_CASE(partial_cancellation_is_not_obeyed, waiter_fixture)
{
    start(wait_for(w, ended), &signal);
    signal.emit(boost::asio::cancellation_type::partial);
    settle();
    BOOST_TEST(!ended.has_value());
    w.wake();
    settle();
}

BOOST_FIXTURE_TEST_CASE(a_waiter_that_dies_leaves_its_queue, waiter_fixture)
{
    wait_queue<> queue;
    {
        waiter brief(io.get_executor());
        queue.push_back(brief);
        queue.push_back(w);
    }
    BOOST_TEST(queue.size() == 1u);
    BOOST_TEST(&queue.front() == &w);
}

BOOST_AUTO_TEST_SUITE_END()
