#include "yaml/detail/raw_scalar.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(raw_scalar_)

namespace {

std::string number(std::optional<std::size_t> n)
{
    return n ? std::to_string(*n) : "-";
}

} // namespace

BOOST_AUTO_TEST_CASE(the_end_of_a_quoted_text_is_behind_its_closing_quote)
{
    struct {
        const char* text;
        std::size_t offset;
        const char* end;
    } const table[] = {
        {"\"a\"", 0, "3"},      {"x: \"a\" b", 3, "6"}, {"'it''s'", 0, "7"}, {"''", 0, "2"},       {"''''", 0, "4"},
        {"\"a\\\"b\"", 0, "6"}, {"\"a\\\\\"", 0, "5"},  {"'a\\'", 0, "4"},   {"\"a\nb\"", 0, "5"}, {"\"a", 0, "-"},
        {"'it''", 0, "-"},      {"\"a\\\"", 0, "-"},    {"\"", 0, "-"},      {"\"a'b\"", 0, "5"},  {"\"a\\", 0, "-"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(number(end_of_quoted(row.text, row.offset)) == row.end);
        }
}

BOOST_AUTO_TEST_CASE(a_list_item_within_a_plain_text_is_found)
{
    struct {
        const char *text, *value, *place;
    } const table[] = {
        {"a\n  - b\n", "a - b", "4"},     {"a\n\n - b\n", "a\n- b", "4"},
        {"a\n  -b\n", "a -b", "-"},       {"a - b\n", "a - b", "-"},
        {"a\n  b - c\n", "a b - c", "-"}, {"a\nb\n- c\n", "a b", "-"},
        {"a\n  -\n", "a -", "4"},         {"a", "a", "-"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(number(swallowed_item(row.text, 0, row.value)) == row.place);
        }
}

BOOST_AUTO_TEST_CASE(only_the_words_of_yaml_are_a_written_null)
{
    for (const auto* text : {"~", "null", "Null", "NULL", "~ # why", "null\n"})
        BOOST_TEST(is_written_null(text, 0), text);
    for (const auto* text : {"", "nUll", "nul", "none", "a ~", "\"null\""})
        BOOST_TEST(!is_written_null(text, 0), text);
    BOOST_TEST(is_written_null("a: ~", 3));
    BOOST_TEST(!is_written_null("a: ~", 99), "an offset beyond the text");
}

BOOST_AUTO_TEST_CASE(the_last_significant_byte_is_neither_blank_nor_comment)
{
    struct {
        const char* text;
        std::size_t offset, place;
    } const table[] = {
        {"a: b", 3, 1},  {"a:\n", 3, 1},   {"a:  # later\n  ", 14, 1}, {"- # x\n# y\n", 10, 0},
        {"a#b\n", 4, 2}, {"\n\n  ", 4, 4}, {"# only\n", 7, 7},         {"", 0, 0},
        {"a", 99, 0},    {"x:\r\n", 4, 1}, {"a: 'b' # c\nd", 11, 5},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(last_significant_before(row.text, row.offset) == row.place);
        }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
