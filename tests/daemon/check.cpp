#include "ulakd/check.hpp"

#include "support/folder.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(check_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

constexpr char config[] = "version: 1\naccounts:\n  panel: {provider: smmonayim-panel, key: x1x1x1}\n";
constexpr char good_job[] =
    "version: 1\nkind: balance.watch\nschedule: {every: 1h}\nwatch: [{account: panel, below: 5 USD}]\n";

struct check_fixture {
    check_fixture() { dir.write("ulak.yaml", config); }
    check_report check(const std::vector<std::string>& jobs = {})
    {
        return check_files(dir.at("ulak.yaml"), jobs, true);
    }
    tests::folder dir{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(every_job_of_the_folder_is_looked_at_but_hidden_and_other_files, check_fixture)
{
    for (const char* name : {"a.yaml", "b.yaml", ".hidden.yaml", "notes.txt", "a.yaml~"})
        dir.write("jobs.d/" + std::string(name), "version: 1\n");
    BOOST_TEST(check().jobs == 2u);
}

BOOST_FIXTURE_TEST_CASE(given_jobs_are_checked_alone, check_fixture)
{
    dir.write("jobs.d/a.yaml", "nonsense");
    const auto job = dir.write("other/b.yaml", "version: 1\nkind: nothing\n");
    const auto report = check({job});
    BOOST_TEST(report.jobs == 1u);
    for (const auto& p : report.problems)
        BOOST_TEST(p.at.file.find("b.yaml") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_folder_that_is_not_there_is_one_problem, check_fixture)
{
    const auto report = check();
    BOOST_REQUIRE(report.problems.size() == 1u);
    BOOST_TEST(report.problems.front().code == "U0510");
}

BOOST_FIXTURE_TEST_CASE(with_errors_in_ulak_yaml_a_job_is_not_blamed_for_its_account, check_fixture)
{
    dir.write("ulak.yaml", "version: 1\naccounts:\n  panel: {provider: smmonayim-panel}\n");
    const auto report = check({dir.write("jobs.d/watch.yaml", good_job)});
    for (const auto& p : report.problems)
        BOOST_TEST(p.at.file.find("watch.yaml") == std::string::npos, yaml::to_text(p));
    BOOST_TEST(yaml::has_errors(report.problems));
}

BOOST_AUTO_TEST_CASE(the_closing_line_counts)
{
    check_report report;
    report.jobs = 1;
    BOOST_TEST(check_text(report, false) == "no problems in the configuration and 1 job\n");
    report.jobs = 2;
    BOOST_TEST(check_text(report, false) == "no problems in the configuration and 2 jobs\n");
    report.problems.push_back({{"x.yaml", 1, 1}, yaml::severity::error, "U0201", "wrong", {}, {}});
    BOOST_TEST(check_text(report, false).ends_with("1 error\n"));
    report.problems.push_back({{"x.yaml", 2, 1}, yaml::severity::error, "U0201", "wrong", {}, {}});
    report.problems.push_back({{"x.yaml", 3, 1}, yaml::severity::warning, "U0201", "odd", {}, {}});
    BOOST_TEST(check_text(report, false).ends_with("2 errors\n"));
}

BOOST_AUTO_TEST_CASE(json_has_every_problem_and_the_number_of_jobs)
{
    check_report report;
    report.jobs = 3;
    report.problems.push_back({{"x.yaml", 7, 2}, yaml::severity::error, "U0201", "wrong", "do", "line"});
    const auto text = check_json(report);
    BOOST_TEST(text.ends_with("}\n"));
    const auto all = boost::json::parse(text).as_object();
    BOOST_TEST(all.at("jobs").to_number<int>() == 3);
    BOOST_REQUIRE(all.at("problems").as_array().size() == 1u);
    BOOST_TEST(all.at("problems").as_array().at(0).at("code").as_string() == "U0201");
}

BOOST_AUTO_TEST_SUITE_END()
