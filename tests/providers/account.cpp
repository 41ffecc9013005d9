#include "providers/account.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(account_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;

namespace {

struct account_fixture {
    account_fixture()
    {
        a.name = "ilet";
        a.provider = "iletimerkezi";
    }
    void record(call_result what, int times)
    {
        for (int i = 0; i < times; ++i)
            a.health->record(what, "why", async::steady_point(1h), wall, 1);
    }
    account a{};
    wall_point wall = from_unix_ms(1'795'000'000'000);
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_ready_account_has_nothing_to_reset, account_fixture)
{
    BOOST_TEST(!reset_breaker(a, wall));
    record(call_result::failure, 4);
    BOOST_TEST(!reset_breaker(a, wall));
}

BOOST_FIXTURE_TEST_CASE(a_reset_says_what_it_ended, account_fixture)
{
    record(call_result::failure, 5);
    const auto recovered = reset_breaker(a, wall);
    BOOST_REQUIRE(recovered);
    BOOST_TEST(recovered->name == "account.recovered");
    BOOST_TEST(recovered->account == "ilet");
    BOOST_TEST(recovered->provider == "iletimerkezi");
    BOOST_TEST(recovered->message == "account ilet is tried again");
    record(call_result::success, 1);
    record(call_result::login_refused, 3);
    const auto resumed = reset_breaker(a, wall);
    BOOST_REQUIRE(resumed);
    BOOST_TEST(resumed->name == "account.resumed");
    BOOST_TEST(name(a.health->state()) == "ready");
}

BOOST_FIXTURE_TEST_CASE(one_more_refusal_after_a_reset_suspends_again, account_fixture)
{
    record(call_result::login_refused, 3);
    reset_breaker(a, wall);
    record(call_result::login_refused, 1);
    BOOST_TEST(name(a.health->state()) == "suspended");
}

BOOST_AUTO_TEST_SUITE_END()
