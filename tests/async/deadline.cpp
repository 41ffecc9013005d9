#include "async/deadline.hpp"

#include "async/timer.hpp"
#include "support/loop_fixture.hpp"

#include <boost/asio/as_tuple.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(deadline_)

using namespace std::chrono_literals;
using namespace ulak;
using async::with_deadline;

namespace {

using answer = std::unique_ptr<int>; // cannot be copied: what comes out is what went in

struct no_default {
    explicit no_default(int v) : value(v) {}
    int value;
};

struct deadline_fixture : tests::loop_fixture {
    // An obedient call: stops when told to, and says how far it was.
    task<result<answer>> call(std::chrono::milliseconds takes)
    {
        ++begun;
        const auto stopped = co_await clock.sleep_for(takes);
        if (stopped)
            co_return error(errc::cancelled, "the call was stopped", reach::maybe_sent);
        co_return std::make_unique<int>(7);
    }

    // A purchase that lets itself be disturbed, but does not lose what it bought.
    task<result<answer>> stubborn(std::chrono::milliseconds takes)
    {
        co_await clock.sleep_for(takes);
        co_return std::make_unique<int>(8);
    }

    task<result<answer>> fail(std::chrono::milliseconds after)
    {
        co_await clock.sleep_for(after);
        co_return error(errc::connection_lost, "reset", reach::maybe_sent);
    }

    task<result<answer>> explode(std::chrono::milliseconds after)
    {
        co_await clock.sleep_for(after);
        throw std::runtime_error("a bug");
    }

    // Asio's own way: throws operation_aborted.
    task<result<answer>> raw_wait()
    {
        async::steady_timer timer(io, async::steady_point::max());
        co_await timer.async_wait(use_task);
        co_return std::make_unique<int>(9);
    }

    task<> limit(std::chrono::milliseconds patience, task<result<answer>> work)
    {
        try {
            auto r = co_await with_deadline(clock, clock.now() + patience, std::move(work));
            ended.emplace(std::move(r));
        } catch (const std::runtime_error& e) {
            thrown = e.what();
        }
    }

    task<> limit_after_stop(task<result<answer>> work)
    {
        co_await clock.sleep_for(1h);
        auto r = co_await with_deadline(clock, clock.now() + 1h, std::move(work));
        ended.emplace(std::move(r));
    }

    void stop() { signal.emit(boost::asio::cancellation_type::terminal); }

    errc code() const { return ended->error().code; }
    reach how_far() const { return ended->error().how_far; }

    int begun = 0;
    std::optional<result<answer>> ended;
    std::string thrown;
    boost::asio::cancellation_signal signal;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(work_in_time_gives_its_value_at_once, deadline_fixture)
{
    start(limit(10s, call(2s)));
    pass(2s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(**ended.value() == 7);
    BOOST_TEST(clock.sleepers() == 0u, "the deadline does not stay behind");
}

BOOST_FIXTURE_TEST_CASE(a_failure_of_the_work_is_not_waited_out, deadline_fixture)
{
    start(limit(10s, fail(1s)));
    pass(1s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((code() == errc::connection_lost));
}

BOOST_FIXTURE_TEST_CASE(late_work_is_stopped_and_has_timed_out, deadline_fixture)
{
    start(limit(10s, call(1min)));
    pass(9s);
    BOOST_TEST(!ended.has_value());
    pass(1s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((code() == errc::timed_out));
    BOOST_TEST((how_far() == reach::maybe_sent), "what the work said about the request stays");
}

BOOST_FIXTURE_TEST_CASE(a_result_that_comes_in_spite_of_the_deadline_counts, deadline_fixture)
{
    start(limit(10s, stubborn(1min)));
    pass(10s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(**ended.value() == 8);
}

BOOST_FIXTURE_TEST_CASE(a_result_at_the_very_time_of_the_deadline_counts, deadline_fixture)
{
    start(limit(10s, call(10s)));
    pass(10s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(**ended.value() == 7);
}

BOOST_FIXTURE_TEST_CASE(cancelling_the_caller_reaches_the_work_and_is_no_time_out, deadline_fixture)
{
    start(limit(10s, call(5s)), &signal);
    pass(1s);
    stop();
    settle();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((code() == errc::cancelled));
    BOOST_TEST(ended->error().message == "the call was stopped");
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_caller_still_gets_what_was_bought, deadline_fixture)
{
    start(limit(10s, stubborn(5s)), &signal);
    pass(1s);
    stop();
    settle();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(**ended.value() == 8);
}

BOOST_FIXTURE_TEST_CASE(an_exception_of_the_work_comes_through, deadline_fixture)
{
    start(limit(10s, explode(1s)));
    pass(1s);
    BOOST_TEST(!ended.has_value());
    BOOST_TEST(thrown == "a bug");
}

BOOST_FIXTURE_TEST_CASE(an_exception_after_the_deadline_comes_through_as_well, deadline_fixture)
{
    start(limit(10s, explode(1min)));
    pass(10s);
    BOOST_TEST(thrown == "a bug");
}

BOOST_FIXTURE_TEST_CASE(an_abort_that_is_thrown_becomes_an_error_with_the_worst_assumed, deadline_fixture)
{
    start(limit(10s, raw_wait()));
    pass(10s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((code() == errc::timed_out));
    BOOST_TEST((how_far() == reach::maybe_sent));

    ended.reset();
    start(limit(10s, raw_wait()), &signal);
    stop();
    settle();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((code() == errc::cancelled));
}

BOOST_FIXTURE_TEST_CASE(without_time_left_the_work_does_not_begin, deadline_fixture)
{
    start(limit(0s, call(1s)));
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((code() == errc::timed_out));
    BOOST_TEST((how_far() == reach::not_sent));
    BOOST_TEST(begun == 0);
}

BOOST_FIXTURE_TEST_CASE(after_a_cancellation_the_work_does_not_begin, deadline_fixture)
{
    start(limit_after_stop(call(1s)), &signal);
    stop();
    settle();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((code() == errc::cancelled));
    BOOST_TEST((how_far() == reach::not_sent));
    BOOST_TEST(begun == 0);
}

BOOST_FIXTURE_TEST_CASE(results_need_no_default, deadline_fixture)
{
    auto make = []() -> task<result<no_default>> { co_return no_default(3); };
    auto r = run(with_deadline(clock, clock.now() + 1s, make()));
    BOOST_TEST(r.value().value == 3);
}

BOOST_FIXTURE_TEST_CASE(a_result_without_a_value_works_too, deadline_fixture)
{
    auto make = []() -> task<result<>> { co_return result<>(); };
    const auto r = run(with_deadline(clock, clock.now() + 1s, make()));
    BOOST_TEST(r.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
