#include "job/parameter.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(parameter_)

namespace {

using kind = parameter::type;

std::string mismatch(kind type, std::string_view value, std::optional<std::int64_t> least = {},
                     std::optional<std::int64_t> most = {})
{
    parameter p;
    p.name = "p";
    p.value_type = type;
    p.least = least;
    p.most = most;
    return mismatch_of(p, value).value_or("");
}

} // namespace

BOOST_AUTO_TEST_CASE(texts_are_limited_in_letters)
{
    BOOST_TEST(mismatch(kind::text, "") == "");
    BOOST_TEST(mismatch(kind::text, "ğüş", 3, 3) == "");
    BOOST_TEST(mismatch(kind::text, "ğü", 3, 5) == "must be at least 3 letters long");
    BOOST_TEST(mismatch(kind::text, "abcdef", 3, 5) == "must be at most 5 letters long");
    BOOST_TEST(mismatch(kind::text, std::string(10'000, 'x')) == "");
    BOOST_TEST(mismatch(kind::text, std::string(10'001, 'x')) == "must be at most 10000 letters long");
    BOOST_TEST(mismatch(kind::text, std::string(10'001, 'x'), {}, 20'000) == "", "a limit of its own replaces it");
    BOOST_TEST(mismatch(kind::text, "a\xff") == "is not UTF-8");
}

BOOST_AUTO_TEST_CASE(integers_are_limited_in_value)
{
    struct {
        const char *value, *wrong;
    } const table[] = {
        {"1", ""},
        {"9", ""},
        {"+5", ""},
        {"0", "must be at least 1"},
        {"10", "must be at most 9"},
        {"-5", "must be at least 1"},
        {"05", "must be a whole number"},
        {"5.0", "must be a whole number"},
        {"", "must be a whole number"},
        {"9223372036854775808", "must be a whole number"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.value)
        {
            BOOST_TEST(mismatch(kind::integer, row.value, 1, 9) == row.wrong);
        }
}

BOOST_AUTO_TEST_CASE(addresses_are_http_and_hold_nothing_that_ends_a_line)
{
    for (const auto* good : {"https://a", "http://example.com/p/1?x=y#z", "https://ş.example/ğ", "https://a:8080/"})
        BOOST_TEST(mismatch(kind::url, good) == "", good);
    constexpr std::string_view scheme = "must be an address that begins with https:// or http://";
    for (const auto* bad : {"", "ftp://a", "javascript:alert(1)", "HTTPS://a", "https://", "https:///a", "http://?x",
                            "https://#x", "//a", "a.example"})
        BOOST_TEST(mismatch(kind::url, bad) == scheme, bad);
    for (const std::string bad :
         {"https://a b", "https://a\r\nHost: b", "https://a\"", "https://a<b>", "https://a\x7f", "https://a\xff"})
        BOOST_TEST(mismatch(kind::url, bad).starts_with("is no usable address"), bad);
    BOOST_TEST(mismatch(kind::url, "https://" + std::string(2'040, 'a')) == "");
    BOOST_TEST(mismatch(kind::url, "https://" + std::string(2'041, 'a')).starts_with("is no usable address"));
}

BOOST_AUTO_TEST_CASE(a_refused_phone_number_is_not_repeated)
{
    BOOST_TEST(mismatch(kind::phone, "+90 555 111 22 33") == "");
    BOOST_TEST(mismatch(kind::phone, "555111223") == "is no phone number: 9 digits, 10 are needed");
    BOOST_TEST(mismatch(kind::phone, "").starts_with("is no phone number"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
