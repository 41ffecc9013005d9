#include "kinds/otp_acquire/number_age.hpp"

#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(number_age_)

using namespace ulak;
using namespace std::chrono_literals;
using kinds::otp::number_age;

BOOST_FIXTURE_TEST_CASE(a_new_number_grows_older_with_the_steady_clock, tests::loop_fixture)
{
    const auto a = number_age::of_new(clock);
    BOOST_TEST((a.at(clock.now()) == 0s));
    pass(90s);
    BOOST_TEST((a.at(clock.now()) == 90s));
}

BOOST_FIXTURE_TEST_CASE(one_that_was_ordered_before_begins_with_its_age, tests::loop_fixture)
{
    const auto a = number_age::since(clock.wall_now() - 5min, clock);
    BOOST_TEST((a.at(clock.now()) == 5min));
    pass(10s);
    BOOST_TEST((a.at(clock.now()) == 5min + 10s));
}

// A wall clock that was set back between two processes must not make a number younger than new.
BOOST_FIXTURE_TEST_CASE(a_number_from_the_future_is_new, tests::loop_fixture)
{
    const auto a = number_age::since(clock.wall_now() + 1h, clock);
    BOOST_TEST((a.at(clock.now()) == 0s));
}

BOOST_AUTO_TEST_SUITE_END()
