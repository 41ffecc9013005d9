#include "example.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(parse_)

namespace {

using strings = std::vector<std::string>;

// Texts that are no YAML, or YAML that Ulak does not take. Places were counted by hand, letters from 1.
const std::vector<bad_text> refused{
    // nothing there
    {"", {"1:1 U0107"}},
    {"# nothing\n\n", {"1:1 U0107"}},
    {"   \n", {"1:1 U0107"}},
    // tabs
    {"\tname: a\n", {"1:1 U0111"}},
    {"name:\n\tb: 1\n", {"2:1 U0111"}},
    {"name: a\n  \tcount: 1\n", {"2:3 U0111"}},
    {"name: >\n\tx\n", {"2:1 U0111"}},
    // indentation
    {"name: a\n count: 1\n", {"2:7 U0110"}},
    {"to:\n  - b\n name: d\n", {"3:2 U0110"}},
    {"name: a\n}\n", {"2:1 U0110"}},
    {"accounts:\n  a:\n    provider: x\n   port: 1\n", {"4:4 U0110"}},
    // colons
    {"name: b: c\n", {"1:8 U0110"}},
    {"name: \"b\": c\n", {"1:10 U0110"}},
    {"name: a\nb\ncount: 2\n", {"2:1 U0118"}},
    {"name: ğüş: c\n", {"1:10 U0110"}},
    // brackets
    {"to: [1, 2\ncount: 3\n", {"1:5 U0110"}},
    {"extra: {b: 1\n", {"1:8 U0110"}},
    {"extra: {b: [1}\n", {"1:12 U0110"}},
    {"name: ]\n", {"1:7 U0110"}},
    {"{name: a}}\n", {"1:10 U0110"}},
    {"to: [b] c\n", {"1:9 U0110"}},
    {"name: - b\n", {"1:7 U0110"}},
    {"name: ? b\n", {"1:7 U0110"}},
    // quotes
    {"name: \"b\nc: 3\n", {"1:7 U0120"}},
    {"name: 'b\n", {"1:7 U0120"}},
    {"name: 'it''s\n", {"1:7 U0120"}},
    {"name: \"b\\\"\n", {"1:7 U0120"}},
    {"name: \"x\" y\n", {"1:11 U0110"}},
    {"name: \"\\q\"\n", {"1:8 U0110"}},
    {"name: \"aş\\x4g\"\n", {"1:10 U0110"}},
    {"name: \"\\ud800\"\n", {"1:8 U0110"}},
    {"to: [\"ş\" y]\n", {"1:10 U0110"}},
    // characters that begin nothing
    {"name: @x\n", {"1:7 U0110"}},
    {"name: `x`\n", {"1:7 U0110"}},
    {"name: %x\n", {"1:7 U0110"}},
    // lone signs that yaml-cpp passes over
    {",", {"1:1 U0110"}},
    {"[a]\nb\n", {"2:1 U0110"}},
    // several documents
    {"name: a\n---\nname: b\n", {"2:1 U0112"}},
    {"name: a\n...\nname: b\n", {"3:1 U0112"}},
    {"name: a\n---\n", {"2:1 U0112"}},
    {"---\nname: a\ncount: 1\n--- {}\n", {"4:1 U0112"}},
    // aliases of nothing
    {"name: *x\n", {"1:7 U0114"}},
    // bytes
    {"name: a\ncount: \xff\n", {"2:8 U0108"}},
    {"name: \xc3\n", {"1:7 U0108"}},
    {"# ş\nname: ğ\xc0\x80\n", {"2:8 U0108"}},
    {"\xff\xfen\0a\0", {"1:1 U0108"}},
    {std::string("name: a\0b\n", 10), {"1:8 U0109"}},
    {"name: ğ\x04\ncount: \x1b[31m\n", {"1:8 U0109", "2:8 U0109"}},
    {"name: a\xc2\x85\n", {"1:8 U0109"}},
    {"name: a\x7f\n", {"1:8 U0109"}},
    {"name: a\rcount: 1\n", {"1:8 U0109"}},
};

// What stands beside it is still checked: all problems come at once.
const std::vector<bad_text> refused_but_read{
    {"name: &x a\ncount: 1\n", {"1:7 U0113"}},
    {"name: &x a\ncount: *x\n", {"1:7 U0113", "2:8 U0114", "2:8 U0205"}},
    {"name: a\ncount: 1\nextra: &a [*a]\n", {"3:12 U0114", "3:8 U0113"}},
    {"name: !!str a\ncount: !x 1\n", {"1:7 U0115", "2:8 U0115"}},
    {"name: ! a\ncount: 1\n", {"1:7 U0115"}},
    {"name: a\ncount: 1\nextra: {a:1}\n", {"3:9 U0118"}},
    {"name: a\ncount: 1\nextra: {a:1, b: 2, c :3}\n", {"3:20 U0118", "3:9 U0118"}},
    {"name: a\ncount: 1\nextra\n", {"3:1 U0118"}},
    {"name: a\ncount: 1\nshort\n", {"3:1 U0118", "3:1 U0205"}},
    {"name: a\ncount: 1\nto:\n  - b\n   - c\n", {"5:4 U0119"}},
    {"name: a\ncount: 1\nto: b\n  - c\n", {"3:5 U0210", "4:3 U0119"}},
    {"name: \"a\\0b\"\ncount: 1\n", {"1:7 U0109"}},
    {"name: a\ncount: 1\nname: b\n", {"3:1 U0202"}},
    {"name: a\n\"name\": b\ncount: 1\nname: c\n", {"2:1 U0202", "4:1 U0202"}},
    {"name: a\ncount: 1\nextra: {ş: 1, b: {c: 1, c: 2}}\n", {"3:25 U0202"}},
    {"name: a\ncount: 1\n<<: {a: 1}\n", {"3:1 U0208"}},
    {"name: a\ncount: 1\nextra:\n  <<: 1\n", {"4:3 U0208"}},
    {"name: a\ncount: 1\n? [a, b]\n: c\n", {"3:3 U0209"}},
    {"name: a\ncount: 1\n[a]: b\n", {"3:1 U0209"}},
    {"name: a\ncount: 1\n: b\n", {"3:1 U0209"}},
    {"name: a\ncount: 1\n~: b\n", {"3:1 U0209"}},
    {"name: a\ncount: 1\nextra: {a: 1,, b: 2}\n", {"3:14 U0209"}},
};

void check_all(const std::vector<bad_text>& table)
{
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.source)
        {
            auto found = places_of(row.source);
            auto wanted = row.found;
            // places() sorts by number; the table is written in that order but for columns of two digits
            std::ranges::sort(found);
            std::ranges::sort(wanted);
            BOOST_TEST(found == wanted, boost::test_tools::per_element());
        }
}

} // namespace

BOOST_AUTO_TEST_CASE(text_that_is_no_yaml_is_refused_at_its_place)
{
    check_all(refused);
}

BOOST_AUTO_TEST_CASE(slips_that_leave_the_rest_readable_are_reported_together_with_the_rest)
{
    check_all(refused_but_read);
}

BOOST_AUTO_TEST_CASE(refused_text_gives_no_document)
{
    for (const auto& row : refused)
        BOOST_TEST_CONTEXT(row.source)
        {
            problems found;
            BOOST_TEST(!parse(row.source, "x.yaml", found).has_value());
            BOOST_TEST(has_errors(found));
        }
}

BOOST_AUTO_TEST_CASE(a_duplicate_key_names_the_place_of_the_first_one)
{
    auto p = problem_of("# head\n  \nname: a\ncount: 1\nname: b\n", "U0202");
    BOOST_TEST(p.text == "`name` was already given in line 3, column 1");
    BOOST_TEST(p.source == "name: b");
}

BOOST_AUTO_TEST_CASE(the_first_of_two_equal_keys_stays_in_the_document)
{
    problems found;
    auto doc = parse("a: 1\na: 2\n", "x.yaml", found);
    BOOST_REQUIRE(doc.has_value());
    BOOST_TEST(doc->root.members.size() == 1u);
    BOOST_TEST(doc->root.find("a")->text == "1");
}

BOOST_AUTO_TEST_CASE(a_missing_blank_after_a_colon_is_shown_as_it_should_be)
{
    BOOST_TEST(problem_of("extra: {a:1}\n", "U0118").hint == "write `a: 1`, with a blank after the colon");
    BOOST_TEST(problem_of("name:a\n", "U0118").hint == "write a blank after the colon: `name: a`");
    BOOST_TEST(problem_of("name: a\ncount 1\n", "U0118").hint == "write `count 1: value`");
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_taken_and_moves_no_column)
{
    BOOST_TEST(places_of("\xEF\xBB\xBFname: a\ncount: 1\n").empty());
    BOOST_TEST(places_of("\xEF\xBB\xBFnome: a\nname: a\ncount: 1\n") == strings{"1:1 U0201"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(carriage_returns_of_other_systems_are_taken)
{
    BOOST_TEST(places_of("name: a\r\ncount: 1\r\n").empty());
    auto p = problem_of("name: a\r\ncount: 1\r\nnome: 1\r\n", "U0201");
    BOOST_TEST(p.at.line == 3u);
    BOOST_TEST(p.source == "nome: 1");
}

BOOST_AUTO_TEST_CASE(a_document_may_begin_and_end_with_its_marks)
{
    BOOST_TEST(places_of("---\nname: a\ncount: 1\n...\n").empty());
    BOOST_TEST(places_of("%YAML 1.2\n---\nname: a\ncount: 1\n").empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
