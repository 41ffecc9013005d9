#include "job/detail/template_slips.hpp"

#include "reading.hpp"

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(template_slips_)

namespace {

using strings = std::vector<std::string>;
using namespace yaml;

shape_ptr table()
{
    return record("t", {optional("params", any("p")), optional("text", template_text("t")),
                        optional("plain", text("p")), optional("extra", any("e"))});
}

strings found(const std::string& source)
{
    problems all;
    const auto doc = parse(source, "x.yaml", all);
    BOOST_REQUIRE(doc.has_value());
    warn_of_template_slips(*doc, *table(), all);
    for (const auto& p : all)
        BOOST_TEST((p.level == severity::warning));
    return shown(all);
}

std::string lookalike_in(const std::string& text, const std::string& name)
{
    const auto seen = find_lookalike(text, name);
    return seen ? text.substr(seen->begin, seen->length) : "";
}

} // namespace

BOOST_AUTO_TEST_CASE(what_other_programs_would_fill_in_is_seen)
{
    for (const char* sign : {"$link", "{link}", "{{ link }}", "{{link}}", "%link%", "$(link)", "<link>", "$${link}",
                             "#{link}", "%{link}", "[[link]]"})
        BOOST_TEST(lookalike_in(std::string("see ") + sign + " now", "link") == sign);
    for (const char* other : {"${link}", "link", "$links", "50% link %", "a < link", "{links}", "${link|trim}"})
        BOOST_TEST(lookalike_in(other, "link") == "", other);
}

BOOST_AUTO_TEST_CASE(a_parameter_that_no_template_holds_is_told_at_its_name)
{
    BOOST_TEST(found("params: {a: {}, b: {}}\ntext: ${b}\n") == (strings{"1:10 U0320 warning"}));
    BOOST_TEST(found("params: {a: {}}\nplain: ${a}\n") == (strings{"1:10 U0320 warning"}), "a text is no template");
    BOOST_TEST(found("params: {a: {}}\ntext: $a\n") == (strings{"1:10 U0320 warning"}));
    BOOST_TEST(found("params: {a: {}}\ntext: \"{a}\"\n") == (strings{"1:10 U0320 warning"}), "one slip, one message");
    BOOST_TEST(found("params: {a: {}}\ntext: ${a|default(\"x\")}\n") == strings());
    BOOST_TEST(found("params: {a: {}}\nextra: {deep: [\"${a}\"]}\n") == strings(), "it may be filled in later");
    BOOST_TEST(found("params: {a: {}}\ntext: ${a\n") == strings(), "that slip has its own message");
}

BOOST_AUTO_TEST_CASE(braces_and_quotes_that_would_be_sent_are_told)
{
    BOOST_TEST(found("text: \"Dear {name}\"\n") == (strings{"1:7 U0321 warning"}));
    BOOST_TEST(found("text: \"Dear {{ name }}\"\n") == (strings{"1:7 U0321 warning"}));
    BOOST_TEST(found("text: \"a {1} {} {a b} ${name}\"\n") == strings());
    BOOST_TEST(found("text: 'https://example.com/a\"'\n") == (strings{"1:7 U0322 warning"}));
    BOOST_TEST(found("text: '${name}\"'\n") == (strings{"1:7 U0322 warning"}));
    BOOST_TEST(found("text: 'say \"${name}\"'\n") == strings());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
