#include "example.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(shape_check_)

namespace {

const std::string head = "name: a\ncount: 1\n"; // the next line is the third

// Behind the head, unless the text begins with '!'.
const std::vector<bad_text> refused{
    // unknown keys: at the key
    {"nome: 1", {"3:1 U0201"}},
    {"accounts: {b: {provider: x, prot: 2}}", {"3:29 U0201"}},
    {"accounts: {ğüş: {provider: x, prot: 2}}", {"3:31 U0201"}},
    {"accounts:\n  b:\n    provider: x\n    Port: 1", {"6:5 U0201"}},
    {"wait: {code: 4m, maxx: 1}", {"3:18 U0201"}},
    {"notify: [{when: [a], to: b, cc: c}]", {"3:29 U0201"}},
    {"x: 1\ny: 2\nz: 3", {"3:1 U0201", "4:1 U0201", "5:1 U0201"}},
    // missing keys: at the first key of the record
    {"!count: 1", {"1:1 U0203"}},
    {"!# note\nshort: abc", {"2:1 U0203", "2:1 U0203"}},
    {"!{}", {"1:1 U0203", "1:1 U0203"}},
    {"accounts: {b: {port: 1}}", {"3:15 U0203"}},
    {"accounts:\n  b:\n    port: 1", {"5:5 U0203"}},
    {"notify:\n  - to: x", {"4:5 U0203"}},
    {"wait: {max: 1s}", {"3:7 U0203"}},
    // nothing where a value belongs: at the key, or at the sign that says nothing
    {"short:", {"3:1 U0205"}},
    {"short:\nmode: fast", {"3:1 U0205"}},
    {"short: ~", {"3:8 U0205"}},
    {"short: null", {"3:8 U0205"}},
    {"accounts:", {"3:1 U0205"}},
    {"accounts:\n  b:\n", {"4:3 U0205"}},
    {"to: [a, , b]", {"3:9 U0205"}},
    {"to:\n  - a\n  -\n", {"5:3 U0205"}},
    {"to:\n  -\n  - a\n", {"4:3 U0205"}},
    {"to:\n  - # later\n  - a\n", {"4:3 U0205"}},
    {"extra:", {}},
    {"!~", {"1:1 U0205"}},
    // one thing where another belongs: at the value
    {"short: [a]", {"3:8 U0204"}},
    {"short: {a: 1}", {"3:8 U0204"}},
    {"short:\n  a: 1", {"4:3 U0204"}},
    {"to: {a: 1}", {"3:5 U0204"}},
    {"to: a", {"3:5 U0210"}},
    {"accounts: [a]", {"3:11 U0204"}},
    {"accounts: a", {"3:11 U0204"}},
    {"accounts: {a: b}", {"3:15 U0204"}},
    {"wait: [1]", {"3:7 U0204"}},
    {"notify: {when: a}", {"3:9 U0204"}},
    {"notify: [{when: failed, to: x}]", {"3:17 U0210"}},
    {"every: [1]", {"3:8 U0204"}},
    {"on: {a: 1}", {"3:5 U0204"}},
    {"!- a", {"1:1 U0204"}},
    {"!hello", {"1:1 U0204"}},
    {"!\"name: a\"", {"1:1 U0204"}},
    {"!name:a", {"1:1 U0118"}},
    {"accounts: a:b", {"3:11 U0118"}},
    // how many
    {"to: []", {"3:5 U0206"}},
    {"to: [a, b, c, d]", {"3:5 U0206"}},
    {"accounts: {\"\": {provider: x}}", {"3:12 U0209"}},
    // secrets
    {"password: {secret: a, env: B}", {"3:11 U0211"}},
    {"password: {}", {"3:11 U0211"}},
    {"password: {name: a}", {"3:11 U0211"}},
    {"password: {secret: ../a}", {"3:11 U0211"}},
    {"password: {secret: .a}", {"3:11 U0211"}},
    {"password: {secret: a/b}", {"3:11 U0211"}},
    {"password: {secret: }", {"3:11 U0211"}},
    {"password: {secret: [a]}", {"3:11 U0211"}},
    {"password: {env: A-B}", {"3:11 U0211"}},
    {"password: {file: \"\"}", {"3:11 U0211"}},
    {"password: [a]", {"3:11 U0204"}},
    {"password:", {"3:1 U0205"}},
    // short forms are checked as the key they stand for
    {"wait: 4", {"3:7 U0204"}},
    {"wait: 4m", {}},
};

std::string whole(const std::string& source)
{
    return source.starts_with('!') ? source.substr(1) + "\n" : head + source + "\n";
}

} // namespace

BOOST_AUTO_TEST_CASE(each_departure_from_the_table_is_reported_at_its_place)
{
    for (const auto& row : refused)
        BOOST_TEST_CONTEXT(row.source)
        {
            BOOST_TEST(places_of(whole(row.source)) == row.found, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(all_problems_of_a_file_come_at_once)
{
    auto found = places_of("x: a\ncount: 101\non: yes\nto: a\nmode: quick\nx: b\n");
    std::vector<std::string> wanted{"1:1 U0201", "1:1 U0203", "2:8 U0206", "3:5 U0204",
                                    "4:5 U0210", "5:7 U0207", "6:1 U0202"};
    BOOST_TEST(found == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_unknown_key_comes_with_the_nearest_name_and_all_allowed_ones)
{
    auto p = problem_of(head + "accounts: {b: {provider: x, prot: 2}}\n", "U0201");
    BOOST_TEST(p.text == "unknown key `prot` in `accounts.b`");
    BOOST_TEST(p.hint == "did you mean `port`? Allowed: provider, port");
    BOOST_TEST(problem_of(head + "accounts: {b: {provider: x, qqqqqq: 2}}\n", "U0201").hint ==
               "Allowed: provider, port");
}

BOOST_AUTO_TEST_CASE(a_slip_is_reported_once)
{
    BOOST_TEST(places_of("nome: a\ncount: 1\n") == std::vector<std::string>{"1:1 U0201"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_missing_key_comes_with_what_it_is_for)
{
    auto p = problem_of("count: 1\n", "U0203");
    BOOST_TEST(p.text == "`name` is missing");
    BOOST_TEST(p.hint == "What it is called. Example: `name: otp`");
}

BOOST_AUTO_TEST_CASE(a_lone_value_for_a_list_is_shown_in_brackets)
{
    auto p = problem_of(head + "to: ops\n", "U0210");
    BOOST_TEST(p.text == "`to`: one value where a list belongs");
    BOOST_TEST(p.hint == "write [ops]");
}

BOOST_AUTO_TEST_CASE(list_items_are_counted_from_one_as_people_do)
{
    BOOST_TEST(problem_of(head + "notify: [{when: [a], to: b}, {to: c}]\n", "U0203").text ==
               "`notify[2].when` is missing");
}

BOOST_AUTO_TEST_CASE(values_that_would_act_on_a_terminal_are_shown_harmless)
{
    auto p = problem_of(head + "mode: \"\\e[31m\"\n", "U0207");
    BOOST_TEST(p.text.find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_literal_secret_does_not_reach_a_problem)
{
    for (const std::string line : {"password: hunter2", "accounts: {b: {password: hunter2, prot: 1}}",
                                   "Token: \"hunter2", "api_key : hunter2", "\"key\": hunter2"})
        BOOST_TEST_CONTEXT(line)
        {
            auto found = problems_of(line + "\n");
            BOOST_TEST(!found.empty());
            for (const auto& p : found)
                BOOST_TEST(to_text(p).find("hunter2") == std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(the_name_of_a_secret_may_be_shown)
{
    auto p = problem_of(head + "password: {secret: bulk-password}\nnome: 1\n", "U0201");
    BOOST_TEST(p.source == "nome: 1");
    p = problem_of(head + "accounts: {b: {password: {secret: bulk}, provider: x}}\n", "U0201");
    BOOST_TEST(p.source == "accounts: {b: {password: {secret: bulk}, provider: x}}");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
