#include "core/text.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <vector>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(text_)

BOOST_AUTO_TEST_CASE(only_shortest_form_scalar_values_are_utf8)
{
    for (const auto* good : {"", "a", "ş", "€", "😀", "\u07ff\u0800\uffff", "\U0010ffff"})
        BOOST_TEST_CONTEXT(good)
        {
            BOOST_TEST(is_valid_utf8(good));
        }
    for (const auto* bad : {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\xf5\x80\x80\x80", "\xc5", "\xe2\x82", "a\xff"})
        BOOST_TEST_CONTEXT(hex(bad))
        {
            BOOST_TEST(!is_valid_utf8(bad));
        }
}

BOOST_AUTO_TEST_CASE(letters_are_counted_not_bytes)
{
    BOOST_TEST(count_code_points("") == 0u);
    BOOST_TEST(count_code_points("şç€😀a") == 5u);
}

BOOST_AUTO_TEST_CASE(trim_takes_blanks_from_both_sides_only)
{
    BOOST_TEST(trim(" \t a b \r\n") == "a b");
    BOOST_TEST(trim(" \n ") == "");
    BOOST_TEST(trim("") == "");
}

BOOST_AUTO_TEST_CASE(split_keeps_empty_parts)
{
    BOOST_TEST(split("a,,b,", ',') == (std::vector<std::string_view>{"a", "", "b", ""}),
               boost::test_tools::per_element());
    BOOST_TEST(split("", ',').size() == 1u);
}

BOOST_AUTO_TEST_CASE(parts_are_joined_with_their_separator_between_them)
{
    using strings = std::vector<std::string>;
    BOOST_TEST(join(strings{}, ", ") == "");
    BOOST_TEST(join(strings{"a"}, ", ") == "a");
    BOOST_TEST(join(strings{"a", "b", "c"}, ", ") == "a, b, c");
    BOOST_TEST(join(strings{"a", "", "c"}, ",") == "a,,c", "an empty part keeps its place");
    BOOST_TEST(join(strings{"", "b"}, ",") == "b", "but for the first");
    BOOST_TEST(join(std::array<int, 3>{1, 2, 3}, "-", [](int n) { return std::to_string(n); }) == "1-2-3");
    struct named {
        std::string name;
    };
    BOOST_TEST(join(std::vector<named>{{"x"}, {"y"}}, " or ", &named::name) == "x or y");
}

BOOST_AUTO_TEST_CASE(two_texts_are_joined_where_there_are_two)
{
    BOOST_TEST(joined("a", "; ", "b") == "a; b");
    BOOST_TEST(joined("", "; ", "b") == "b");
    BOOST_TEST(joined("a", "; ", "") == "a");
    BOOST_TEST(joined("", "; ", "") == "");
}

BOOST_AUTO_TEST_CASE(a_text_grows_part_by_part)
{
    std::string text;
    for (const auto* part : {"one", "two", "three"})
        append_joined(text, ", ", part);
    BOOST_TEST(text == "one, two, three");
}

BOOST_AUTO_TEST_CASE(turkish_case_knows_the_two_letters_i)
{
    BOOST_TEST(turkish_upper("istanbul ılık şğüöç") == "İSTANBUL ILIK ŞĞÜÖÇ");
    BOOST_TEST(turkish_lower("İSTANBUL ILIK ŞĞÜÖÇ") == "istanbul ılık şğüöç");
    BOOST_TEST(turkish_upper("âîû žłÿ ÷ß 7") == "ÂÎÛ ŽŁŸ ÷ß 7");
    BOOST_TEST(turkish_lower("ÂÎÛ ŽŁŸ ×ẞ 7") == "âîû žłÿ ×ẞ 7");
    BOOST_TEST(turkish_upper("a\xff") == "A\xff", "broken bytes stay");
    BOOST_TEST(lower_ascii("ABC İŞ") == "abc İŞ");
}

BOOST_AUTO_TEST_CASE(the_nearest_name_is_one_that_a_slip_explains)
{
    const std::vector<std::string> names{"schedule", "recipients", "message", "account", "to"};
    const auto found = [&](std::string_view word) { return nearest(word, names).value_or("-"); };
    BOOST_TEST(found("shedule") == "schedule");
    BOOST_TEST(found("recipeints") == "recipients");
    BOOST_TEST(found("Message") == "message");
    BOOST_TEST(found("acount") == "account");
    BOOST_TEST(found("ot") == "to");
    BOOST_TEST(found("budget") == "-");
    BOOST_TEST(found("") == "-");
    BOOST_TEST(found(std::string(100'000, 'a')) == "-");
}

BOOST_AUTO_TEST_CASE(hex_is_lower_case)
{
    BOOST_TEST(hex(std::string("\x00\x7f\xff", 3)) == "007fff");
}

BOOST_AUTO_TEST_CASE(one_thing_and_many)
{
    BOOST_TEST(counted(0, "job") == "0 jobs");
    BOOST_TEST(counted(1, "job") == "1 job");
    BOOST_TEST(counted(2, "job") == "2 jobs");
}

BOOST_AUTO_TEST_SUITE_END()
