#include "ulakd/sarif.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(sarif_)

using namespace ulak;
using namespace ulak::daemon;
namespace json = boost::json;

namespace {

yaml::problem problem(std::string file, std::size_t line, std::size_t column, std::string code,
                      yaml::severity level = yaml::severity::error)
{
    return {{std::move(file), line, column}, level, std::move(code), "what is wrong", "what to do", "the line"};
}

json::object run_of(std::vector<yaml::problem> problems)
{
    check_report report;
    report.problems = std::move(problems);
    return json::parse(check_sarif(report)).as_object().at("runs").as_array().at(0).as_object();
}

const json::object& place_of(const json::object& result)
{
    return result.at("locations").as_array().at(0).as_object().at("physicalLocation").as_object();
}

} // namespace

BOOST_AUTO_TEST_CASE(no_problems_are_a_run_without_results)
{
    const auto run = run_of({});
    BOOST_TEST(run.at("results").as_array().empty());
    BOOST_TEST(run.at("tool").at("driver").at("name").as_string() == "ulakctl check");
    BOOST_TEST(run.at("columnKind").as_string() == "unicodeCodePoints");
}

BOOST_AUTO_TEST_CASE(each_code_is_one_rule_however_often_it_comes)
{
    const auto run = run_of({problem("a", 1, 1, "U0201"), problem("a", 2, 1, "U0506"), problem("b", 3, 1, "U0201")});
    const auto& rules = run.at("tool").at("driver").at("rules").as_array();
    BOOST_REQUIRE(rules.size() == 2u);
    const auto& results = run.at("results").as_array();
    BOOST_REQUIRE(results.size() == 3u);
    BOOST_TEST(results.at(2).at("ruleIndex").to_number<int>() == 0);
    BOOST_TEST(results.at(1).at("ruleId").as_string() == "U0506");
}

BOOST_AUTO_TEST_CASE(a_problem_has_its_place_text_and_level)
{
    const auto run = run_of({problem("jobs.d/a b.yaml", 7, 3, "U0201", yaml::severity::warning)});
    const auto& result = run.at("results").as_array().at(0).as_object();
    BOOST_TEST(result.at("level").as_string() == "warning");
    BOOST_TEST(result.at("message").at("text").as_string() == "what is wrong (what to do)");
    const auto& place = place_of(result);
    BOOST_TEST(place.at("artifactLocation").at("uri").as_string() == "jobs.d/a%20b.yaml");
    BOOST_TEST(place.at("region").at("startLine").to_number<int>() == 7);
    BOOST_TEST(place.at("region").at("startColumn").to_number<int>() == 3);
    BOOST_TEST(place.at("region").at("snippet").at("text").as_string() == "the line");
}

BOOST_AUTO_TEST_CASE(a_problem_of_a_whole_file_has_no_region)
{
    const auto run = run_of({problem("/etc/ulak/ulak.yaml", 0, 0, "U0510")});
    const auto& place = place_of(run.at("results").as_array().at(0).as_object());
    BOOST_TEST(place.at("artifactLocation").at("uri").as_string() == "file:///etc/ulak/ulak.yaml");
    BOOST_TEST(!place.contains("region"));
}

BOOST_AUTO_TEST_CASE(without_a_hint_or_a_column_nothing_stands_for_them)
{
    auto p = problem("a", 5, 0, "U0201");
    p.hint.clear();
    p.source.clear();
    const auto run = run_of({p});
    const auto& result = run.at("results").as_array().at(0).as_object();
    BOOST_TEST(result.at("message").at("text").as_string() == "what is wrong");
    BOOST_TEST(!place_of(result).at("region").as_object().contains("startColumn"));
    BOOST_TEST(!place_of(result).at("region").as_object().contains("snippet"));
}

BOOST_AUTO_TEST_SUITE_END()
