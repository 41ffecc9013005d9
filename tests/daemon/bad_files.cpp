// Every mistake of tests/daemon/bad_files.txt is told at its place, by the check that users run.
#include "support/folder.hpp"
#include "ulakd/check.hpp"
#include "ulakd/sarif.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

BOOST_AUTO_TEST_SUITE(bad_files_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

using strings = std::vector<std::string>;

constexpr char config[] = R"(version: 1
accounts:
  bulk: {provider: toplusms, username: "5551112233", password: x1x1x1}
  ilet: {provider: iletimerkezi, key: x1x1x1, hash: x1x1x1}
  tamonay: {provider: tamonay, token: x1x1x1}
  numbers: {provider: smmonayim-numbers, key: x1x1x1, shared: false}
  panel: {provider: smmonayim-panel, key: x1x1x1}
channels:
  ops: {exec: [/bin/true]}
)";

struct bad_file {
    std::string name{}, text{};
    strings found{};
};

std::vector<bad_file> read_cases()
{
    std::vector<bad_file> all;
    std::ifstream in(ULAK_SOURCE_DIR "/tests/daemon/bad_files.txt");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("=== "))
            all.push_back({line.substr(4), {}, {}});
        else if (line.starts_with("--- ") && !all.empty() && line.size() > 4)
            all.back().found.push_back(line.substr(4));
        else if (!all.empty())
            all.back().text += line + "\n";
    }
    return all;
}

struct house {
    house() { dir.write("ulak.yaml", config); }

    check_report check(const std::string& text)
    {
        return check_files(dir.at("ulak.yaml"), {dir.write("jobs.d/bad.yaml", text)}, true);
    }
    tests::folder dir{};
};

strings places(const yaml::problems& found)
{
    strings all;
    for (const yaml::problem& p : found)
        all.push_back(std::to_string(p.at.line) + ":" + std::to_string(p.at.column) + " " + p.code +
                      (p.level == yaml::severity::warning ? " warning" : ""));
    return all;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(each_is_told_at_its_line_and_column, house)
{
    const auto cases = read_cases();
    BOOST_TEST(cases.size() >= 100u);
    for (const bad_file& one : cases)
        BOOST_TEST_CONTEXT(one.name)
        {
            BOOST_TEST(places(check(one.text).problems) == one.found, boost::test_tools::per_element());
        }
}

BOOST_FIXTURE_TEST_CASE(every_one_of_them_is_sound_sarif, house)
{
    for (const bad_file& one : read_cases())
        BOOST_TEST_CONTEXT(one.name)
        {
            const auto report = check(one.text);
            const auto log = boost::json::parse(check_sarif(report)).as_object();
            BOOST_TEST(log.at("version").as_string() == "2.1.0");
            const auto& run = log.at("runs").as_array().at(0).as_object();
            const auto& rules = run.at("tool").at("driver").at("rules").as_array();
            const auto& results = run.at("results").as_array();
            BOOST_TEST(results.size() == report.problems.size());
            for (const auto& r : results) {
                const auto& rule = rules.at(r.at("ruleIndex").to_number<std::size_t>());
                BOOST_TEST((rule.at("id") == r.at("ruleId")));
                const auto& where = r.at("locations").at(0).at("physicalLocation").as_object();
                BOOST_TEST(!where.at("artifactLocation").at("uri").as_string().empty());
                if (const auto* region = where.if_contains("region"))
                    BOOST_TEST(region->at("startLine").to_number<int>() >= 1);
            }
        }
}

BOOST_FIXTURE_TEST_CASE(what_is_no_file_has_a_message_of_its_own, house)
{
    namespace fs = std::filesystem;
    fs::create_directories(dir.at("jobs.d/folder.yaml"));
    fs::create_symlink("nowhere", dir.at("jobs.d/link.yaml"));
    BOOST_TEST(::mkfifo(dir.at("jobs.d/pipe.yaml").c_str(), 0600) == 0);
    const auto report = check_files(dir.at("ulak.yaml"), {}, true);
    BOOST_TEST(places(report.problems) == (strings{"0:0 U0103", "0:0 U0102", "0:0 U0104"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
