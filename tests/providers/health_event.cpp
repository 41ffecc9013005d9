#include "providers/detail/health_event.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(health_event_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;

namespace {

struct health_event_fixture {
    health_event_fixture()
    {
        policy.account = "ilet";
        policy.provider = "iletimerkezi";
        policy.health = std::make_shared<account_health>();
    }

    // Records `times` results and makes the event of the last change.
    events::event after(call_result what, int times)
    {
        std::optional<account_health::state_change> last;
        for (int i = 0; i < times; ++i)
            if (const auto changed = policy.health->record(what, "HTTP 502", now, {}, 1))
                last = changed;
        BOOST_REQUIRE(last);
        return health_event(policy, *last, now);
    }

    retry_policy policy{};
    async::steady_point now{1h};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(each_change_has_its_name_level_and_text, health_event_fixture)
{
    const auto failing = after(call_result::failure, 5);
    BOOST_TEST(failing.name == "account.failing");
    BOOST_TEST((failing.severity == events::level::warning));
    BOOST_TEST(failing.message ==
               "account ilet is failing: 5 calls in a row had no sound answer; the next try is in 5 s");
    BOOST_TEST(failing.data.at("reason").as_string() == "HTTP 502");
    const auto recovered = after(call_result::success, 1);
    BOOST_TEST(recovered.name == "account.recovered");
    BOOST_TEST((recovered.severity == events::level::info));
    BOOST_TEST(recovered.message == "account ilet answers again");
    BOOST_TEST(!recovered.data.contains("reason"));
    const auto suspended = after(call_result::login_refused, 3);
    BOOST_TEST(suspended.name == "account.suspended");
    BOOST_TEST((suspended.severity == events::level::error));
    BOOST_TEST(suspended.message ==
               "account ilet is suspended: its login was refused 3 times in a row; mend its secret and restart");
    const auto resumed = after(call_result::success, 1);
    BOOST_TEST(resumed.name == "account.resumed");
    BOOST_TEST(resumed.message == "account ilet is used again");
}

BOOST_FIXTURE_TEST_CASE(an_event_names_its_account_and_provider, health_event_fixture)
{
    const auto e = after(call_result::failure, 5);
    BOOST_TEST(e.account == "ilet");
    BOOST_TEST(e.provider == "iletimerkezi");
}

BOOST_AUTO_TEST_CASE(seconds_are_rounded_up_and_never_negative)
{
    BOOST_TEST(seconds_text(5s) == "5 s");
    BOOST_TEST(seconds_text(4001ms) == "5 s");
    BOOST_TEST(seconds_text(1ms) == "1 s");
    BOOST_TEST(seconds_text(0s) == "0 s");
    BOOST_TEST(seconds_text(-3s) == "0 s");
}

BOOST_AUTO_TEST_SUITE_END()
