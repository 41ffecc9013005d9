#include "yaml/detail/syntax_problem.hpp"

#include "yaml/codes.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(syntax_problem_)

namespace {

problem reported(std::string_view text, std::size_t offset, const std::string& message)
{
    return syntax_problem(source_text(text, "x.yaml"), offset, message);
}

} // namespace

BOOST_AUTO_TEST_CASE(messages_of_the_parser_become_advice)
{
    for (const auto* message :
         {"illegal map value", "illegal map key", "illegal block entry", "illegal flow end", "end of map not found",
          "end of sequence not found", "end of map flow not found", "end of sequence flow not found", "unknown token",
          "illegal EOF in scalar", "illegal document indicator in scalar", "bad file"})
        BOOST_TEST_CONTEXT(message)
        {
            const auto p = reported("a: b", 3, message);
            BOOST_TEST(p.code == codes::syntax);
            BOOST_TEST(p.text != message);
            BOOST_TEST(!p.hint.empty());
            BOOST_TEST(p.at.column == 4u);
        }
}

BOOST_AUTO_TEST_CASE(a_message_that_is_not_known_is_passed_on)
{
    const auto p = reported("a: b", 3, "something new");
    BOOST_TEST(p.text == "something new");
    BOOST_TEST(p.code == codes::syntax);
}

BOOST_AUTO_TEST_CASE(an_alias_of_nothing_has_its_own_code)
{
    BOOST_TEST(reported("a: *b", 3, "the referenced anchor is not defined").code == codes::alias);
    BOOST_TEST(reported("a: *b", 3, "the referenced anchor is not defined: b").code == codes::alias);
}

BOOST_AUTO_TEST_CASE(a_tab_in_the_indentation_comes_before_what_it_causes)
{
    const auto p = reported("a:\n \tb: c\n", 7, "illegal map value");
    BOOST_TEST(p.code == codes::tab);
    BOOST_TEST(p.at.line == 2u);
    BOOST_TEST(p.at.column == 2u);
    BOOST_TEST(reported("a:\tb: c\n", 5, "illegal map value").code == codes::syntax, "a tab behind a colon is none");
}

BOOST_AUTO_TEST_CASE(an_unknown_escape_is_reported_where_it_begins)
{
    for (const auto* message :
         {"unknown escape character: q", "invalid unicode: ", "bad character found while scanning"})
        BOOST_TEST_CONTEXT(message)
        {
            const auto p = reported("a: \"x\\q\"", 7, message);
            BOOST_TEST(p.at.column == 6u);
            BOOST_TEST(p.text == "an escape that is not known");
        }
    BOOST_TEST(reported("a: q", 3, "unknown escape character: q").at.column == 4u, "without a backslash at its place");
}

BOOST_AUTO_TEST_CASE(a_line_without_its_colon_or_blank_is_told_there)
{
    const struct {
        std::string text, hint;
        std::size_t line;
    } table[] = {{"a: b\nconfirm:1\nc: d\n", "write `confirm: 1`", 2},
                 {"a: b\nkind balance.watch\nc: d\n", "write `kind: balance.watch`", 2},
                 {"a: b\nword\n# why\n\nc: d\n", "write `word: value`", 2},
                 {"a: b\n  deep:1\n  c: d\n", "write `deep: 1`", 2}};
    for (const auto& row : table) {
        const auto p = reported(row.text, row.text.rfind(':'), "illegal map value");
        BOOST_TEST(p.code == codes::no_colon);
        BOOST_TEST(p.at.line == row.line);
        BOOST_TEST(p.hint == row.hint);
    }
    for (const char* text : {"a: b\nc: d: e\n", "a: b\n- x\nc: d\n", "a:\nc: d: e\n"})
        BOOST_TEST(reported(text, std::string(text).rfind(':'), "illegal map value").code == codes::syntax, text);
}

BOOST_AUTO_TEST_CASE(a_bracket_that_is_never_closed_is_told_where_it_was_opened)
{
    const struct {
        std::string text;
        std::size_t line, column;
    } table[] = {{"a: [b, c\n", 1, 4},
                 {"a: {b: [c]\nd: e\n", 1, 4},
                 {"a: {b: [c}\n", 1, 8},
                 {"a: 'x{' # [\nb: {c: \"[\"\n", 2, 4}};
    for (const auto& row : table) {
        const auto p = reported(row.text, row.text.size(), "end of map flow not found");
        BOOST_TEST(p.at.line == row.line, row.text);
        BOOST_TEST(p.at.column == row.column, row.text);
    }
    BOOST_TEST(reported("a: b", 3, "end of map flow not found").at.column == 4u, "nothing is open");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
