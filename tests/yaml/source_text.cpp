#include "yaml/source_text.hpp"

#include "yaml/codes.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <string_view>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(source_text_)

namespace {

std::string shown(const place& p)
{
    return p.file + ":" + std::to_string(p.line) + ":" + std::to_string(p.column);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_byte_has_a_line_and_a_column_of_letters)
{
    const source_text source("ab\nğü: x\n\nlast", "f");
    struct {
        std::size_t offset;
        const char* place;
    } const table[] = {
        {0, "f:1:1"}, {1, "f:1:2"},  {2, "f:1:3"},  {3, "f:2:1"},  {5, "f:2:2"},  {7, "f:2:3"},
        {9, "f:2:5"}, {10, "f:2:6"}, {11, "f:3:1"}, {12, "f:4:1"}, {15, "f:4:4"}, {16, "f:4:5"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.offset)
        {
            BOOST_TEST(shown(source.at(row.offset)) == row.place);
        }
}

BOOST_AUTO_TEST_CASE(places_may_be_asked_for_in_any_order)
{
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += i % 7 == 0 ? "\n" : i % 3 == 0 ? "ş" : "a";
    const source_text many(text, "f");
    std::mt19937 random(5);
    for (int i = 0; i < 2'000; ++i) {
        const auto offset = random() % (text.size() + 1);
        const source_text fresh(text, "f");
        BOOST_REQUIRE_EQUAL(shown(many.at(offset)), shown(fresh.at(offset)));
    }
}

BOOST_AUTO_TEST_CASE(lines_and_columns_of_the_parser_become_offsets)
{
    const source_text source("ab\nğ: x\n", "f");
    BOOST_TEST(source.offset(0, 0) == 0u);
    BOOST_TEST(source.offset(0, 2) == 2u);
    BOOST_TEST(source.offset(1, 0) == 3u);
    BOOST_TEST(source.offset(1, 2) == 5u, "columns of the parser are bytes");
    BOOST_TEST(source.offset(1, 99) == 9u, "beyond the text is its end");
    BOOST_TEST(source.offset(99, 0) == 9u);
}

BOOST_AUTO_TEST_CASE(a_problem_carries_its_place_and_line)
{
    const source_text source("a: 1\r\nbç: 2\n", "x.yaml");
    const auto p = source.problem_at(9, codes::syntax, "text", "hint");
    BOOST_TEST(shown(p.at) == "x.yaml:2:3");
    BOOST_TEST(p.code == "U0110");
    BOOST_TEST(p.source == "bç: 2");
    BOOST_TEST((p.level == severity::error));
    BOOST_TEST(source.problem_at(0, codes::syntax, "text").source == "a: 1", "without the carriage return");
    BOOST_TEST(source.problem_at_line(2, 1, codes::syntax, "text").source == "bç: 2");
    BOOST_TEST(source.problem_at_line(0, 0, codes::syntax, "text").source.empty());
    BOOST_TEST(source.problem_at_line(99, 1, codes::syntax, "text").source.empty());
}

BOOST_AUTO_TEST_CASE(a_line_is_shown_without_the_secret_that_it_may_hold)
{
    struct {
        const char *line, *shown;
    } const table[] = {
        {"password: hunter2", "password:********"},
        {"  Token: ş2", "  Token:***"},
        {"\"api_key\" : x", "\"api_key\" :**"},
        {"{user: a, password: b}", "{user: a, password:***"},
        {"a: 1", "a: 1"},
        {"password:", "password:"},
        {"password: {secret: name}", "password: {secret: name}"},
        {"password: {env: NAME}", "password: {env: NAME}"},
        {"password: # later", "password: # later"},
        {"secret: x", "secret:**"},
        {"passwords: x", "passwords: x"},
        {"my_token: x", "my_token: x"},
        {"at: 10:30", "at: 10:30"},
        {"hash: a:b", "hash:****"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.line)
        {
            BOOST_TEST(shown_line(row.line, 1) == row.shown);
        }
}

BOOST_AUTO_TEST_CASE(lines_are_counted_from_one_and_long_ones_left_out)
{
    BOOST_TEST(shown_line("a\nb\nc", 2) == "b");
    BOOST_TEST(shown_line("a\nb\nc", 3) == "c");
    BOOST_TEST(shown_line("a\nb\nc", 4).empty());
    BOOST_TEST(shown_line("a", 0).empty());
    BOOST_TEST(shown_line("", 1).empty());
    BOOST_TEST(shown_line(std::string(max_shown_line, 'x'), 1).size() == max_shown_line);
    BOOST_TEST(shown_line(std::string(max_shown_line + 1, 'x'), 1).empty());
}

BOOST_AUTO_TEST_CASE(quoted_texts_are_short_and_harmless)
{
    BOOST_TEST(quoted("a b") == "`a b`");
    BOOST_TEST(quoted("\x1b[31m") == "`\\x1b[31m`");
    BOOST_TEST(yaml::quoted(std::string(1'000, 'x')).size() < 70u);
}

BOOST_AUTO_TEST_CASE(a_files_problems_end_with_one_that_says_so)
{
    problems found;
    const auto one = [](const char* file) { return problem{{file, 1, 1}, severity::error, "U0999", "x", {}, {}}; };
    for (std::size_t i = 0; i < max_problems + 50; ++i)
        add_problem(found, one("a"));
    BOOST_TEST(found.size() == max_problems + 1);
    BOOST_TEST(found.back().code == codes::too_many_problems);
    add_problem(found, one("b"));
    BOOST_TEST(found.back().at.file == "b", "another file begins anew");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
