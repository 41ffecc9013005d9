#include "yaml/problem.hpp"

#include "example.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(problem_)

namespace {

problem sample()
{
    return {{"jobs.d/x.yaml", 11, 9}, severity::error, "U0312", "no such thing", "write another", "aç: {b: c}"};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_problem_reads_like_a_compilers)
{
    BOOST_TEST(to_text(sample()) == "jobs.d/x.yaml:11:9: error[U0312]: no such thing\n"
                                    "aç: {b: c}\n"
                                    "        ^\n"
                                    "hint: write another\n");
}

BOOST_AUTO_TEST_CASE(a_warning_says_that_it_is_one)
{
    auto p = sample();
    p.level = severity::warning;
    p.hint.clear();
    BOOST_TEST(to_text(p) == "jobs.d/x.yaml:11:9: warning[U0312]: no such thing\naç: {b: c}\n        ^\n");
}

BOOST_AUTO_TEST_CASE(a_problem_of_the_whole_file_has_no_line)
{
    problem p{{"x.yaml", 0, 0}, severity::error, "U0101", "there is no such file", "check the path", {}};
    BOOST_TEST(to_text(p) == "x.yaml: error[U0101]: there is no such file\nhint: check the path\n");
}

BOOST_AUTO_TEST_CASE(colour_changes_no_letter)
{
    auto text = to_text(sample(), true);
    BOOST_TEST(text.find("\x1b[1;31m") != std::string::npos);
    for (auto at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b'))
        text.erase(at, text.find('m', at) - at + 1);
    BOOST_TEST(text == to_text(sample()));
}

BOOST_AUTO_TEST_CASE(the_caret_stands_under_its_letter_behind_tabs_and_in_long_lines)
{
    auto p = sample();
    p.source = "\tab: c";
    p.at.column = 6;
    BOOST_TEST(to_text(p).find("\n ab: c\n     ^\n") != std::string::npos);
    p.source = std::string(500, 'x') + "Y" + std::string(500, 'z');
    p.at.column = 501;
    auto text = to_text(p);
    auto line = text.substr(text.find('\n') + 1);
    auto shown = line.substr(0, line.find('\n'));
    auto caret = line.substr(line.find('\n') + 1).find('^');
    BOOST_TEST(shown.size() == 160u);
    BOOST_REQUIRE(caret < shown.size());
    BOOST_TEST(shown[caret] == 'Y');
}

BOOST_AUTO_TEST_CASE(control_characters_of_a_file_do_not_reach_the_terminal)
{
    auto p = sample();
    p.text = "\x1b[2J";
    p.at.file = "a\x1b[31m.yaml";
    BOOST_TEST(to_text(p).find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(json_has_all_parts_under_fixed_names)
{
    BOOST_TEST(
        boost::json::serialize(to_json(sample())) ==
        R"({"file":"jobs.d/x.yaml","line":11,"column":9,"severity":"error","code":"U0312","text":"no such thing","hint":"write another"})");
}

BOOST_AUTO_TEST_CASE(warnings_alone_are_no_error)
{
    auto p = sample();
    p.level = severity::warning;
    BOOST_TEST(!has_errors({}));
    BOOST_TEST(!has_errors({p}));
    BOOST_TEST(has_errors({p, sample()}));
}

BOOST_AUTO_TEST_CASE(problems_sort_by_file_line_and_column_as_numbers)
{
    auto at = [](std::string file, std::size_t line, std::size_t column) {
        auto p = sample();
        p.at = {std::move(file), line, column};
        return p;
    };
    problems found{at("b", 1, 1), at("a", 10, 1), at("a", 9, 20), at("a", 9, 3), at("a", 0, 0)};
    sort(found);
    BOOST_TEST(places(found) ==
                   (std::vector<std::string>{"0:0 U0312", "9:3 U0312", "9:20 U0312", "10:1 U0312", "1:1 U0312"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
