#include "job/detail/template_check.hpp"

#include "reading.hpp"

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(template_check_)

namespace {

using strings = std::vector<std::string>;
using namespace yaml;

/// Templates in every place in which a table can hold one, and a text that is none.
shape_ptr table()
{
    const auto message = record("m", {required("text", template_text("t"))}, "text");
    return record("t", {optional("one", template_text("t")), optional("plain", text("p")),
                        optional("list", list("l", template_text("t"))), optional("map", map("m", template_text("t"))),
                        optional("message", message), optional("deep", list("d", message))});
}

strings found(const std::string& source)
{
    problems all;
    const auto doc = parse(source, "x.yaml", all);
    BOOST_REQUIRE(doc.has_value());
    check_templates(*doc, *table(), all);
    return shown(all);
}

} // namespace

BOOST_AUTO_TEST_CASE(mistakes_are_found_wherever_the_table_has_a_template)
{
    const struct {
        const char* source;
        strings found;
    } table[] = {
        {"one: ${a}\n", {}},
        {"one: ${a\n", {"1:6 U0318"}},
        {"plain: ${a\n", {}},
        {"list: [a, \"${b|uper}\"]\n", {"1:16 U0318"}},
        {"map: {x: \"${\"}\n", {"1:13 U0318"}},
        {"message: ${|}\n", {"1:12 U0318"}},
        {"message: {text: \"hi ${\"}\n", {"1:23 U0318"}},
        {"deep: [{text: \"${}\"}, \"${a|x}\"]\n", {"1:18 U0318", "1:28 U0318"}},
        {"unknown: ${\n", {}},
        {"one: [a]\n", {}},
        {"one: ~\n", {}},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.source)
        {
            BOOST_TEST(found(row.source) == row.found, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(each_mistake_of_one_text_is_reported_where_it_stands)
{
    const struct {
        const char* source;
        strings found;
    } table[] = {
        {"one: ğ ${a|uper} ${b} ${} $\n", {"1:12 U0318", "1:25 U0318"}},
        {"one: '${a|cut} it''s\n\n  ${b|low}'\n", {"1:14 U0318", "3:7 U0318"}},
        {"one: | # for $5 ${\n  ${a|x}\n  $${} ${b|}\n", {"2:7 U0318", "3:12 U0318"}},
        {"one: >-\n  ${a\n  ${b|x}\n", {"2:3 U0318", "3:7 U0318"}},
        {"one: \"\\x24{a|uper}\"\n", {"1:6 U0318"}}, // an escape: only the value can be pointed at
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.source)
        {
            BOOST_TEST(found(row.source) == row.found, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(a_problem_says_what_a_template_looks_like)
{
    problems all;
    const auto doc = parse("one: ${a|uper}\n", "x.yaml", all);
    check_templates(*doc, *table(), all);
    BOOST_REQUIRE(all.size() == 1u);
    BOOST_TEST(all[0].text == "template, letter 5: no filter `uper`; did you mean `upper`?");
    BOOST_TEST(all[0].hint == "${name}, ${name|default(\"x\")}, or $${ for the characters themselves");
    BOOST_TEST(all[0].source == "one: ${a|uper}");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
