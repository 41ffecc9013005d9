#include "sim/detail/timer_queue.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace ulak;
using namespace std::chrono_literals;

namespace {

const wall_point origin{};

struct timers_fixture {
    /// A timer that writes down its letter and when it was due.
    void add(std::chrono::milliseconds when, char letter)
    {
        queue.schedule(origin + when, [this, letter](wall_point due) {
            seen += letter + std::to_string((due - origin).count()) + ' ';
        });
    }

    sim::timer_queue queue;
    std::string seen;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(timer_queue_, timers_fixture)

BOOST_AUTO_TEST_CASE(timers_run_in_the_order_of_their_time_whatever_the_order_of_adding)
{
    add(30ms, 'c');
    add(10ms, 'a');
    add(20ms, 'b');
    queue.run_due(origin + 100ms);
    BOOST_TEST(seen == "a10 b20 c30 ");
    BOOST_TEST(queue.size() == 0u);
}

BOOST_AUTO_TEST_CASE(timers_of_one_moment_run_in_the_order_of_adding)
{
    for (char letter : {'x', 'y', 'z'})
        add(5ms, letter);
    queue.run_due(origin + 5ms);
    BOOST_TEST(seen == "x5 y5 z5 ");
}

BOOST_AUTO_TEST_CASE(a_timer_runs_at_its_moment_and_not_before)
{
    add(10ms, 'a');
    queue.run_due(origin + 9ms);
    BOOST_TEST(seen == "");
    BOOST_TEST(queue.size() == 1u);
    queue.run_due(origin + 10ms);
    BOOST_TEST(seen == "a10 ");
    queue.run_due(origin + 10ms);
    BOOST_TEST(seen == "a10 ");
}

BOOST_AUTO_TEST_CASE(what_a_timer_adds_runs_in_the_same_turn_if_it_is_due)
{
    queue.schedule(origin + 1ms, [this](wall_point) {
        add(2ms, 'b');
        add(9ms, 'c');
    });
    queue.run_due(origin + 5ms);
    BOOST_TEST(seen == "b2 ");
    BOOST_TEST(queue.size() == 1u);
    queue.run_due(origin + 9ms);
    BOOST_TEST(seen == "b2 c9 ");
}

BOOST_AUTO_TEST_SUITE_END()
