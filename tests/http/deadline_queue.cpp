#include "http/detail/deadline_queue.hpp"

#include "support/loop_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>

namespace ulak::http::testing {
namespace {

using namespace std::chrono_literals;

constexpr auto late_by = 50ms;

/// Counts the sleeps.
class counting_clock final : public async::manual_clock {
  public:
    using manual_clock::manual_clock;
    task<boost::system::error_code> sleep_until(async::steady_point when) override
    {
        ++sleeps;
        return manual_clock::sleep_until(when);
    }
    int sleeps = 0;
};

struct deadlines_fixture {
    ~deadlines_fixture()
    {
        deadlines->stop();
        time.run_until_idle();
    }

    boost::asio::io_context io{1};
    counting_clock time{io.get_executor(), parse_rfc3339("2026-11-22T09:00:00Z").value()};
    std::shared_ptr<deadline_queue> deadlines = std::make_shared<deadline_queue>(io.get_executor(), time);
    int calls = 0;
    deadline_callback request{[this] { ++calls; }};
    deadline_callback idle{[] {}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(deadline_queue_, deadlines_fixture)

// What the peer answered before may lie in the socket: it is read before the call is given up.
BOOST_AUTO_TEST_CASE(a_deadline_stands_still_while_the_machine_is_suspended)
{
    deadlines->arm(request, time.now() + 10s);
    time.advance(4s);
    time.suspend(1h);
    BOOST_TEST(calls == 0);
    time.advance(4s); // the second for which the sleeper slept counts
    BOOST_TEST(calls == 0);
    time.advance(2s);
    BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(a_deadline_is_called_once_soon_after_its_time_and_never_before)
{
    for (auto due : {0ms, 30ms, 400ms, 1'500ms, 15'000ms}) {
        BOOST_TEST_CONTEXT(due.count() << " ms")
        {
            calls = 0;
            deadline_callback once([this] { ++calls; });
            deadlines->arm(once, time.now() + due);
            time.run_until_idle();
            if (due > 0ms)
                time.advance(due - 1ms);
            BOOST_TEST(!once.expired());
            time.advance(1ms + late_by);
            BOOST_TEST(once.expired());
            BOOST_TEST(calls == 1);
            time.advance(60s);
            BOOST_TEST(calls == 1);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_moved_calls_at_its_new_time_and_what_is_disarmed_never)
{
    deadlines->arm(request, time.now() + 5s);
    deadlines->arm(idle, time.now() + 5s);
    time.advance(3s);
    deadlines->arm(request, time.now() + 5s);
    deadlines->disarm(idle);
    time.advance(4s);
    BOOST_TEST(!request.expired());
    time.advance(1s + late_by);
    BOOST_TEST(request.expired());
    BOOST_TEST(!idle.expired());
}

BOOST_AUTO_TEST_CASE(a_nearer_deadline_is_not_slept_through)
{
    deadlines->arm(request, time.now() + 15s);
    time.run_until_idle();
    deadlines->arm(idle, time.now() + 200ms);
    time.advance(200ms + late_by);
    BOOST_TEST(idle.expired());
    BOOST_TEST(!request.expired());
}

// Connections that are put back and taken out again thousands of times a second, beside requests that have time.
BOOST_AUTO_TEST_CASE(a_second_of_rest_that_does_not_come_wakes_nobody)
{
    deadlines->arm(request, time.now() + 15s);
    time.run_until_idle();
    const int before = time.sleeps;
    for (int put_back = 0; put_back < 100; ++put_back) {
        deadlines->arm(idle, time.now() + 1s);
        deadlines->disarm(idle);
        time.run_until_idle();
    }
    BOOST_TEST(time.sleeps == before);
}

BOOST_AUTO_TEST_CASE(nobody_sleeps_for_nothing)
{
    deadlines->arm(request, time.now() + 15s);
    time.run_until_idle();
    deadlines->disarm(request);
    time.advance(2s);
    BOOST_TEST(time.sleepers() == 0u);
}

BOOST_AUTO_TEST_CASE(after_the_end_nothing_calls)
{
    deadlines->arm(request, time.now() + 1s);
    time.run_until_idle();
    deadlines->stop();
    time.advance(5s);
    BOOST_TEST(!request.expired());
    deadlines->disarm(request);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
