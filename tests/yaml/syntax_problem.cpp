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

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
