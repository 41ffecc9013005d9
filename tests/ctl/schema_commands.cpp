#include "ulakctl/schema_commands.hpp"

#include "ctl/cli_fixture.hpp"
#include "ulakctl/key_lookup.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(schema_commands_, cli_fixture)

BOOST_AUTO_TEST_CASE(a_key_is_found_wherever_it_stands)
{
    BOOST_TEST(find_keys("accounts").size() >= 1u);
    BOOST_TEST(find_keys("schedule").front().title == "every job: schedule");
    BOOST_TEST(find_keys("sms.send").front().title == "jobs of kind sms.send");
    BOOST_TEST(find_keys("sms.send.message").front().title == "jobs of kind sms.send: message");
    BOOST_TEST(find_keys("no.such.key").empty());
}

BOOST_AUTO_TEST_CASE(below_a_map_a_name_of_ones_own_is_skipped_once)
{
    const auto with = find_keys("accounts.mine.provider"), without = find_keys("accounts.provider");
    BOOST_TEST(with.size() == 1u);
    BOOST_TEST(without.size() == 1u);
    BOOST_TEST(with.front().shape->doc == without.front().shape->doc);
    BOOST_TEST(find_keys("accounts.mine.yours.provider").empty());
}

BOOST_AUTO_TEST_CASE(a_key_is_explained)
{
    const auto got = run({"schema", "schedule"});
    BOOST_TEST(got.code == exit_ok);
    BOOST_TEST(contains(got.out, "every job: schedule"));
    BOOST_TEST(contains(got.out, "KEY"));
}

BOOST_AUTO_TEST_CASE(whole_schemas_are_json)
{
    for (const char* which : {"job", "config"}) {
        const auto got = run({"schema", which});
        BOOST_TEST(boost::json::parse(got.out).is_object(), which);
    }
    BOOST_TEST(boost::json::parse(run({"schema", "sms.send.message", "-o", "json"}).out).is_object());
}

BOOST_AUTO_TEST_CASE(an_unknown_key_is_answered_with_a_near_one)
{
    const auto got = run({"schema", "shedule"});
    BOOST_TEST(got.code == exit_usage);
    BOOST_TEST(contains(got.err, "did you mean schedule?"));
    BOOST_TEST(contains(run({"schema", "a\033b"}).err, "there is no key"));
    BOOST_TEST(run({"schema", "a\033b"}).err.find('\033') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
