#include "ulakctl/account_commands.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(account_commands_, cli_fixture)

BOOST_AUTO_TEST_CASE(one_unreadable_balance_does_not_hide_the_others)
{
    daemon->on("GET /v1/accounts", R"({"accounts":[{"account":"a"},{"account":"b"}]})");
    daemon->on("GET /v1/accounts/a/balance", R"({"account":"a","balance":"4.00","unit":"TRY"})");
    daemon->refuse("GET /v1/accounts/b/balance", 502, "auth", "the key is refused");
    const auto got = run({"balance"});
    BOOST_TEST(got.code == exit_run_failed);
    BOOST_TEST(contains(got.out, "4.00 TRY"));
    BOOST_TEST(contains(got.out, "the key is refused"));
    BOOST_TEST(run({"balance", "-q"}).out == "a 4.00\nb -\n");
}

BOOST_AUTO_TEST_CASE(the_balance_of_one_account_is_its_value)
{
    daemon->on("GET /v1/accounts/a/balance", R"({"account":"a","balance":"4.00","unit":"TRY"})");
    BOOST_TEST(run({"balance", "a", "-q"}).out == "4.00\n");
    BOOST_TEST(run({"balance", "a", "-o", "json"}).out ==
               "{\"account\":\"a\",\"balance\":\"4.00\",\"unit\":\"TRY\"}\n");
    daemon->refuse("GET /v1/accounts/b/balance", 404, "not_found", "there is no account b");
    const auto got = run({"balance", "b"});
    BOOST_TEST(got.code == exit_usage);
    BOOST_TEST(got.err == "ulakctl: there is no account b\n");
}

BOOST_AUTO_TEST_CASE(services_are_listed_with_price_and_stock)
{
    daemon->on("GET /v1/accounts/n/services",
               R"({"services":[{"id":"1","price":{"amount":"4","unit":"TRY"},"stock":7,"name":"mail"}]})");
    const auto got = run({"services", "n"});
    BOOST_TEST(contains(got.out, "4 TRY"));
    BOOST_TEST(contains(got.out, "mail"));
}

BOOST_AUTO_TEST_CASE(spending_is_grouped_as_asked)
{
    for (const std::string by : {"job", "account", "day"}) {
        daemon->on("GET /v1/spend?by=" + by, R"({"spend":[{")" + by + R"(":"x1","spent":"3 TRY","effects":2}]})");
        const auto got = run({"spend", "--by", by});
        BOOST_TEST(contains(got.out, "x1"));
        BOOST_TEST(contains(got.out, "3 TRY"));
    }
    daemon->on("GET /v1/spend?by=job", R"({"spend":[]})");
    run({"spend"});
    BOOST_TEST(run({"spend"}).out == "nothing was spent\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
