// Small pure parts: stored parameters, the event about a job file, the listing of the jobs folder.
#include "engine/detail/run_params.hpp"

#include "engine/detail/file_change_event.hpp"
#include "engine/detail/jobs_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(run_params_)

namespace {

using status = engine::file_change::change_status;

engine::file_change change(status s)
{
    engine::file_change c;
    c.name = "otp";
    c.path = "/etc/ulak/jobs.d/otp.yaml";
    c.status = s;
    return c;
}

yaml::problem problem(yaml::severity level, const std::string& text, int line)
{
    yaml::problem p;
    p.level = level;
    p.text = text;
    p.at.file = "otp.yaml";
    p.at.line = static_cast<decltype(p.at.line)>(line);
    p.at.column = 3;
    return p;
}

} // namespace

BOOST_AUTO_TEST_CASE(declared_integers_are_stored_as_numbers_and_come_back)
{
    job::parameter count;
    count.name = "count";
    count.value_type = job::parameter::type::integer;
    job::parameter text;
    text.name = "text";
    const std::map<std::string, std::string> bound{{"count", "12"}, {"text", "007"}};
    const auto stored = engine::params_json({count, text}, bound);
    BOOST_TEST(stored == R"({"count":12,"text":"007"})");
    BOOST_TEST((engine::bound_params(stored) == bound));
}

BOOST_AUTO_TEST_CASE(what_is_no_integer_stays_a_text)
{
    job::parameter count;
    count.name = "count";
    count.value_type = job::parameter::type::integer;
    BOOST_TEST(engine::params_json({count}, {{"count", "12x"}}) == R"({"count":"12x"})");
    BOOST_TEST(engine::params_json({}, {}) == "{}");
    for (const char* bad : {"", "[]", "{", "1"})
        BOOST_TEST(engine::bound_params(bad).empty(), bad);
}

BOOST_AUTO_TEST_CASE(a_loaded_file_says_whether_it_is_new_or_what_has_changed)
{
    auto c = change(status::loaded);
    c.added = true;
    BOOST_TEST(engine::file_change_event(c).message == "job loaded");
    c.added = false;
    c.changed = {"schedule", "budget"};
    const auto e = engine::file_change_event(c);
    BOOST_TEST(e.name == "config.loaded");
    BOOST_TEST(e.job == "otp");
    BOOST_TEST(e.message == "job loaded anew; changed: schedule, budget");
    BOOST_TEST(e.data.at("changed").as_array().size() == 2u);
    BOOST_TEST(engine::file_change_event(change(status::removed)).data.at("removed").as_bool());
}

BOOST_AUTO_TEST_CASE(a_rejected_file_names_its_first_error_with_its_place)
{
    auto c = change(status::rejected);
    c.problems = {problem(yaml::severity::warning, "it is odd", 2), problem(yaml::severity::error, "it is wrong", 7)};
    const auto e = engine::file_change_event(c);
    BOOST_TEST(e.name == "config.rejected");
    BOOST_TEST(e.message == "otp.yaml:7:3: it is wrong (and 1 more)");
    BOOST_TEST(e.data.at("problems").as_array().size() == 2u);
    c.problems = {problem(yaml::severity::warning, "the name is odd", 0)};
    BOOST_TEST(engine::file_change_event(c).message == "otp.yaml: the name is odd");
}

BOOST_AUTO_TEST_CASE(the_listing_passes_over_what_is_no_job_and_rejects_bad_names)
{
    std::string dir = (std::filesystem::temp_directory_path() / "ulak-folder-XXXXXX").string();
    BOOST_TEST_REQUIRE(::mkdtemp(dir.data()) != nullptr);
    for (const char* name : {"good.yaml", ".hidden.yaml", "notes.txt", "bad name.yaml"})
        std::ofstream(std::filesystem::path(dir) / name) << "version: 1\n";
    const auto listing = engine::list_folder(dir);
    BOOST_TEST(listing.jobs.size() == 1u);
    BOOST_TEST(listing.jobs.contains("good"));
    BOOST_TEST_REQUIRE(listing.rejected.size() == 1u);
    BOOST_TEST(listing.rejected[0].name == "bad name");
    std::filesystem::remove_all(dir);
    const auto missing = engine::list_folder(dir);
    BOOST_TEST_REQUIRE(missing.rejected.size() == 1u);
    BOOST_TEST(missing.rejected[0].name.empty());
    BOOST_TEST(yaml::has_errors(missing.rejected[0].problems));
}

BOOST_AUTO_TEST_SUITE_END()
