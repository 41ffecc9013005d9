#include "yaml/detail/character_check.hpp"

#include "example.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(character_check_)

namespace {

using strings = std::vector<std::string>;

struct checked {
    bool ok;
    strings found;
};

checked check(std::string_view text)
{
    problems found;
    const source_text source(text, "x.yaml");
    const bool ok = check_characters(source, found);
    return {ok, places(found)};
}

} // namespace

BOOST_AUTO_TEST_CASE(ordinary_text_passes)
{
    for (const auto* text : {"", "a: 1\n", "\ta\r\nb\r\n", "ğüş €😀", "\u00a0\u2028"})
        BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST(check(text).ok);
            BOOST_TEST(check(text).found.empty());
        }
}

BOOST_AUTO_TEST_CASE(what_must_not_be_there_is_reported_at_its_place)
{
    const struct {
        std::string text;
        strings found;
    } table[] = {
        {"a\x1b", {"1:2 U0109"}},    {std::string("ab\n\0", 4), {"2:1 U0109"}},
        {"ş\x7f", {"1:2 U0109"}},    {"\xc2\x80", {"1:1 U0109"}},
        {"\xc2\x9f", {"1:1 U0109"}}, {"a\rb", {"1:2 U0109"}},
        {"a\r", {"1:2 U0109"}},      {"\x01\x02", {"1:1 U0109", "1:2 U0109"}},
        {"a\xff", {"1:2 U0108"}},    {"ş\n\xe2\x82", {"2:1 U0108"}},
        {"\x1b\xff", {"1:2 U0108"}}, {"\xed\xa0\x80", {"1:1 U0108"}},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            const auto got = check(row.text);
            BOOST_TEST(!got.ok);
            BOOST_TEST(got.found == row.found, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(a_file_of_control_characters_is_reported_a_few_times_only)
{
    BOOST_TEST(check(std::string(100'000, '\x01')).found.size() == 20u);
}

BOOST_AUTO_TEST_CASE(decoded_text_may_hold_line_ends_and_tabs_alone)
{
    BOOST_TEST(!has_control_character("a\tb\nc\rd"));
    for (const std::string& text : {std::string(1, '\0'), std::string("\x07"), std::string("\x7f"),
                                    std::string("\xc2\x85"), std::string("ok \x1b[0m")})
        BOOST_TEST(has_control_character(text));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
