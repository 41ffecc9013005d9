#include "providers/account_health.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using namespace ulak;
using providers::account_health;
using providers::breaker_state;
using providers::call_result;

namespace {

struct health_fixture {
    std::optional<account_health::state_change> note(call_result what)
    {
        return one.record(what, "why", now, wall, 1.0);
    }
    void note(call_result what, int times)
    {
        for (int i = 0; i < times; ++i)
            note(what);
    }
    std::string_view state() const { return name(one.state()); }

    account_health one;
    async::steady_point now{1h};
    wall_point wall = from_unix_ms(1'795'000'000'000);
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(account_health_, health_fixture)

BOOST_AUTO_TEST_CASE(five_failures_in_a_row_make_it_fail_and_one_answer_ends_that)
{
    note(call_result::failure, 4);
    BOOST_TEST(state() == "ready");
    const auto changed = note(call_result::failure);
    BOOST_REQUIRE(changed);
    BOOST_TEST((changed->current == breaker_state::failing && changed->previous == breaker_state::ready));
    BOOST_TEST(one.reason() == "why");
    BOOST_TEST((one.since() == wall));
    BOOST_TEST(note(call_result::success).has_value());
    BOOST_TEST(state() == "ready");
    BOOST_TEST(one.reason().empty());
}

BOOST_AUTO_TEST_CASE(an_answer_between_failures_begins_the_count_anew)
{
    for (int i = 0; i < 5; ++i) {
        note(call_result::failure, 4);
        note(call_result::success);
    }
    BOOST_TEST(state() == "ready");
}

BOOST_AUTO_TEST_CASE(what_says_nothing_counts_nothing)
{
    note(call_result::failure, 4);
    note(call_result::neutral, 10);
    BOOST_TEST(state() == "ready");
    note(call_result::failure);
    BOOST_TEST(state() == "failing");
}

BOOST_AUTO_TEST_CASE(one_probe_at_a_time_after_a_rest_that_doubles_up_to_a_minute)
{
    note(call_result::failure, 5);
    for (const auto rest : {5s, 10s, 20s, 40s, 60s, 60s}) {
        BOOST_TEST((one.next_probe() == now + rest));
        BOOST_TEST(!one.try_begin_probe(now + rest - 1ms));
        now += rest;
        BOOST_TEST(one.try_begin_probe(now));
        BOOST_TEST(!one.try_begin_probe(now));
        note(call_result::failure);
    }
    now += 60s;
    BOOST_TEST(one.try_begin_probe(now));
    one.release_probe();
    BOOST_TEST(one.try_begin_probe(now));
    note(call_result::success);
    note(call_result::failure, 5);
    BOOST_TEST((one.next_probe() == now + 5s));
}

BOOST_AUTO_TEST_CASE(those_who_do_not_keep_the_rest_do_not_make_it_longer)
{
    note(call_result::failure, 5);
    const auto next = one.next_probe();
    note(call_result::failure, 20);
    BOOST_TEST((one.next_probe() == next));
}

BOOST_AUTO_TEST_CASE(rests_are_spread_by_a_quarter)
{
    for (int i = 0; i < 5; ++i)
        one.record(call_result::failure, "why", now, wall, 0.0);
    BOOST_TEST((one.next_probe() == now + 3750ms));
}

BOOST_AUTO_TEST_CASE(three_refused_logins_in_a_row_suspend_and_only_an_answer_or_a_person_ends_that)
{
    note(call_result::login_refused, 2);
    note(call_result::success);
    note(call_result::login_refused, 2);
    BOOST_TEST(state() == "ready");
    note(call_result::login_refused);
    BOOST_TEST(state() == "suspended");
    note(call_result::failure, 10);
    note(call_result::neutral, 10);
    note(call_result::login_refused, 10);
    BOOST_TEST(state() == "suspended");
    const auto changed = note(call_result::success);
    BOOST_REQUIRE(changed);
    BOOST_TEST((changed->previous == breaker_state::suspended));
    BOOST_TEST(state() == "ready");
}

BOOST_AUTO_TEST_CASE(failures_between_refused_logins_do_not_hide_them)
{
    for (int i = 0; i < 3; ++i) {
        note(call_result::login_refused);
        note(call_result::failure);
    }
    BOOST_TEST(state() == "suspended");
}

BOOST_AUTO_TEST_CASE(a_refused_login_shows_that_somebody_answers)
{
    note(call_result::failure, 5);
    note(call_result::login_refused);
    BOOST_TEST(state() == "ready");
}

BOOST_AUTO_TEST_CASE(another_chance_is_one)
{
    BOOST_TEST(!one.reset(wall).has_value());
    note(call_result::login_refused, 3);
    BOOST_TEST(one.reset(wall).has_value());
    BOOST_TEST(state() == "ready");
    note(call_result::login_refused);
    BOOST_TEST(state() == "suspended");
    one.reset(wall);
    note(call_result::success);
    note(call_result::failure, 5);
    one.reset(wall);
    BOOST_TEST(state() == "ready");
    note(call_result::failure);
    BOOST_TEST(state() == "failing");
    BOOST_TEST((one.next_probe() == now + 5s));
}

BOOST_AUTO_TEST_SUITE_END()
