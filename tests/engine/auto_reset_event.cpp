#include "engine/detail/auto_reset_event.hpp"

#include "support/loop_fixture.hpp"

#include <vector>

namespace ulak::tests {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(auto_reset_event_)

namespace {

struct waiting : loop_fixture {
    task<> wait(std::optional<async::steady_point> until)
    {
        const bool set = co_await event.wait(clock, until);
        answers.push_back(set);
    }
    void begin(std::optional<async::steady_point> until = {}) { start(wait(until), &signal); }

    engine::auto_reset_event event{io.get_executor()};
    std::vector<bool> answers{};
    boost::asio::cancellation_signal signal{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(setting_it_wakes_the_one_who_waits, waiting)
{
    begin();
    BOOST_TEST(answers.empty());
    event.set();
    settle();
    BOOST_TEST(answers == std::vector<bool>({true}));
}

BOOST_FIXTURE_TEST_CASE(what_was_set_before_ends_one_wait_however_often_it_was_set, waiting)
{
    event.set();
    event.set();
    begin();
    BOOST_TEST(answers == std::vector<bool>({true}));
    begin(clock.now() + 1s);
    BOOST_TEST(answers.size() == 1u);
    pass(2s);
    BOOST_TEST(answers == std::vector<bool>({true, false}));
}

BOOST_FIXTURE_TEST_CASE(a_wait_ends_at_its_time_or_before_it_when_set, waiting)
{
    begin(clock.now() + 10s);
    pass(9s);
    BOOST_TEST(answers.empty());
    pass(2s);
    BOOST_TEST(answers == std::vector<bool>({false}));
    begin(clock.now() + 10s);
    pass(1s);
    event.set();
    settle();
    BOOST_TEST(answers == std::vector<bool>({false, true}));
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_caller_does_not_wait_on, waiting)
{
    begin();
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(answers == std::vector<bool>({false}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::tests
