#include "events/redacted.hpp"

#include "core/text.hpp"
#include "events/redactor.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(redacted_)

using namespace ulak;
using namespace ulak::events;

namespace {

const std::string canary = "canary-of-redacted";

struct secrets_fixture {
    secrets_fixture()
    {
        process_redactor().add_secret(canary);
        process_redactor().add_secret("24681357");
    }
};

event with_data(boost::json::value data)
{
    event e("x.y", level::info, "m");
    e.data = data.as_object();
    return e;
}

std::string cleaned(const char* json)
{
    return boost::json::serialize(redacted(with_data(boost::json::parse(json))).data);
}

} // namespace

BOOST_FIXTURE_TEST_CASE(every_text_of_an_event_is_redacted, secrets_fixture)
{
    event e("x.y", level::info, canary);
    e.job = e.run = e.kind = e.account = e.provider = e.item = "a " + canary + " b";
    const auto clean = redacted(e);
    BOOST_TEST(clean.message == "***");
    for (const auto* text : {&clean.job, &clean.run, &clean.kind, &clean.account, &clean.provider, &clean.item})
        BOOST_TEST(*text == "a *** b");
}

BOOST_FIXTURE_TEST_CASE(own_fields_are_redacted_at_every_depth, secrets_fixture)
{
    BOOST_TEST(cleaned(R"({"a":"canary-of-redacted"})") == R"({"a":"***"})");
    BOOST_TEST(cleaned(R"({"a":{"b":[1,{"c":"x canary-of-redacted"}]}})") == R"({"a":{"b":[1,{"c":"x ***"}]}})");
    BOOST_TEST(cleaned(R"({"canary-of-redacted":1,"b":2})") == R"({"***":1,"b":2})");
    BOOST_TEST(cleaned(R"({"a":{"x-canary-of-redacted":{"b":"canary-of-redacted"}}})") ==
               R"({"a":{"x-***":{"b":"***"}}})");
}

BOOST_FIXTURE_TEST_CASE(a_secret_of_digits_is_found_in_numbers, secrets_fixture)
{
    BOOST_TEST(cleaned(R"({"n":24681357})") == R"({"n":"***"})");
    BOOST_TEST(cleaned(R"({"n":124681357.5})").find("24681357") == std::string::npos);
    BOOST_TEST(cleaned(R"({"n":2468135})") == R"({"n":2468135})");
}

BOOST_FIXTURE_TEST_CASE(what_holds_no_secret_stays_as_it_is, secrets_fixture)
{
    const char* same = R"({"s":"ş","n":1,"d":-1.5E0,"t":true,"z":null,"l":[],"o":{}})";
    BOOST_TEST(cleaned(same) == boost::json::serialize(boost::json::parse(same)));
}

BOOST_FIXTURE_TEST_CASE(broken_texts_become_valid_and_keep_what_can_be_read, secrets_fixture)
{
    event e("x.y", level::info, "kept \xff text");
    e.account = "\xc5";
    e.data = {{"a", "b\xfe"}};
    const auto clean = redacted(e);
    BOOST_TEST(clean.message == "kept \\xff text");
    BOOST_TEST(clean.account == "\\xc5");
    BOOST_TEST(clean.data.at("a").as_string() == "b\\xfe");
    BOOST_TEST(is_valid_utf8(boost::json::serialize(to_json(clean))));
}

BOOST_FIXTURE_TEST_CASE(a_secret_beside_broken_bytes_is_still_found, secrets_fixture)
{
    event e("x.y", level::info, "\xff" + canary + "\xff");
    BOOST_TEST(redacted(e).message == "\\xff***\\xff");
}

BOOST_AUTO_TEST_SUITE_END()
