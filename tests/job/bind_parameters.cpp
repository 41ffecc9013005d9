#include "job/bind_parameters.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(bind_parameters_)

namespace {

using kind = parameter::type;

std::vector<parameter> declared()
{
    parameter who{"who", kind::text, true, {}, 2, 5};
    parameter count{"count", kind::integer, false, "5", 1, 9};
    parameter link{"link", kind::url, false, {}, {}, {}};
    parameter phone{"phone", kind::phone, false, {}, {}, {}};
    return {who, count, link, phone};
}

result<std::map<std::string, std::string>> bound(const char* json)
{
    return job::bind_parameters(declared(), boost::json::parse(json).as_object());
}

struct refusal {
    const char* json;
    std::string message;
};

const std::vector<refusal> refused{
    {R"({})", "`who` is required"},
    {R"({"who":null})", "`who` is required"},
    {R"({"who":"a"})", "`who` must be at least 2 letters long"},
    {R"({"who":"abcdef"})", "`who` must be at most 5 letters long"},
    {R"({"who":true})", "`who` must be a text or a whole number"},
    {R"({"who":["ab"]})", "`who` must be a text or a whole number"},
    {R"({"who":"ab","count":0})", "`count` must be at least 1"},
    {R"({"who":"ab","count":"10"})", "`count` must be at most 9"},
    {R"({"who":"ab","count":1.5})", "`count` must be a text or a whole number"},
    {R"({"who":"ab","count":"x"})", "`count` must be a whole number"},
    {R"({"who":"ab","count":""})", "`count` must be a whole number"},
    {R"({"who":"ab","count":18446744073709551615})", "`count` must be a whole number"},
    {R"j({"who":"ab","link":"javascript:alert(1)"})j",
     "`link` must be an address that begins with https:// or http://"},
    {R"({"who":"ab","link":"https://"})", "`link` must be an address that begins with https:// or http://"},
    {R"({"who":"ab","link":"https:///x"})", "`link` must be an address that begins with https:// or http://"},
    {R"({"who":"ab","link":"https://a/b c"})",
     "`link` is no usable address: blanks, quotes, control characters, or too long"},
    {R"({"who":"ab","link":"https://a/\r\nHost: b"})",
     "`link` is no usable address: blanks, quotes, control characters, or too long"},
    {R"({"who":"ab","woh":"x"})", "there is no parameter `woh`, did you mean `who`?"},
    {R"({"count":0,"other":1})", "`who` is required; `count` must be at least 1; there is no parameter `other`"},
};

} // namespace

BOOST_AUTO_TEST_CASE(values_are_checked_and_defaults_filled_in)
{
    auto values = bound(R"({"who":"ğüşiö","phone":"+90 555 111 22 33","link":"https://example.com/p/1?x=y"})").value();
    BOOST_TEST(values.at("who") == "ğüşiö");
    BOOST_TEST(values.at("count") == "5");
    BOOST_TEST(values.at("phone") == "5551112233");
    BOOST_TEST(values.at("link") == "https://example.com/p/1?x=y");
}

BOOST_AUTO_TEST_CASE(what_is_neither_given_nor_defaulted_is_absent)
{
    auto values = bound(R"({"who":12,"count":7})").value();
    BOOST_TEST(values.at("who") == "12");
    BOOST_TEST(values.at("count") == "7");
    BOOST_TEST(!values.contains("link"));
}

BOOST_AUTO_TEST_CASE(everything_that_is_wrong_is_named_at_once)
{
    for (const auto& r : refused)
        BOOST_TEST_CONTEXT(r.json)
        {
            auto values = bound(r.json);
            BOOST_REQUIRE(!values.has_value());
            BOOST_TEST((values.error().code == errc::invalid_argument));
            BOOST_TEST(values.error().message == r.message);
        }
}

BOOST_AUTO_TEST_CASE(a_refused_phone_number_is_not_repeated)
{
    auto values = bound(R"({"who":"ab","phone":"555111223"})");
    BOOST_REQUIRE(!values.has_value());
    BOOST_TEST(values.error().message.starts_with("`phone` is no phone number"));
    BOOST_TEST(values.error().message.find("555111223") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
