#include "engine/world.hpp"

#include "events/redactor.hpp"
#include "yaml/codes.hpp"

#include <sys/stat.h>

#include <fstream>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(catalog_)

using engine::file_change;
using what = engine::file_change::change_status;

namespace {

struct folder_of_jobs : world {
    engine::catalog make() { return make((folder / "jobs.d").string()); }
    engine::catalog make(const std::string& dir)
    {
        return engine::catalog(dir, job::load_environment{zone, {}},
                               kinds::load_context{*accounts, folder.string(), zone}, known_kinds);
    }
};

std::string word(what w)
{
    switch (w) {
    case what::loaded: return "loaded";
    case what::unchanged: return "unchanged";
    case what::rejected: return "rejected";
    case what::removed: return "removed";
    }
    return "?";
}

std::vector<std::string> words(const std::vector<file_change>& all)
{
    std::vector<std::string> said;
    for (const auto& f : all)
        said.push_back(f.name + " " + word(f.status));
    return said;
}

using texts = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_CASE(a_version_that_a_run_still_holds_counts_for_who_was_messaged, folder_of_jobs)
{
    write("job", "asks_back: 720h\n");
    auto c = make();
    c.refresh();
    auto held_by_a_run = c.find("job")->good;
    write("job", "asks_back: 24h\n");
    c.refresh();
    BOOST_TEST((c.longest_asked_back() == std::chrono::hours(720)));
    c.set_environment(job::load_environment{zone, {}}, kinds::load_context{*accounts, folder.string(), zone});
    c.refresh();
    BOOST_TEST((c.longest_asked_back() == std::chrono::hours(720)));
    held_by_a_run.reset();
    BOOST_TEST((c.longest_asked_back() == std::chrono::hours(24)));
}

BOOST_FIXTURE_TEST_CASE(files_come_in_the_order_of_names_and_odd_ones_are_listed_as_broken, folder_of_jobs)
{
    write("b");
    write("a");
    write("Upper");
    write("with space");
    write(".hidden");
    std::ofstream(folder / "jobs.d" / "notes.txt") << "not a job";
    auto c = make();
    const auto changes = c.refresh();
    BOOST_TEST(words(changes) == texts({"Upper loaded", "a loaded", "b loaded", "with space rejected"}),
               boost::test_tools::per_element());
    BOOST_TEST(changes[3].problems.at(0).code == yaml::codes::job_name);
    BOOST_TEST_REQUIRE(c.find("with space"));
    BOOST_TEST(c.find("with space")->broken());
    BOOST_TEST(!c.find("with space")->good);
    std::filesystem::remove(folder / "jobs.d" / "with space.yaml");
    BOOST_TEST(c.refresh().size() == 4u); // it went
    BOOST_TEST(!c.find("with space"));
}

BOOST_FIXTURE_TEST_CASE(a_broken_file_keeps_its_last_good_version_and_is_tried_again, folder_of_jobs)
{
    write("a", "description: first\n");
    auto c = make();
    c.refresh();
    write("a", "descripton: slip\nenabled: perhaps\n");
    const auto changes = c.refresh();
    BOOST_TEST(words(changes) == texts({"a rejected"}), boost::test_tools::per_element());
    BOOST_TEST(changes[0].problems.size() >= 2u); // every problem at once
    BOOST_TEST(c.find("a")->broken());
    BOOST_TEST_REQUIRE(c.find("a")->good);
    BOOST_TEST(c.find("a")->good->document.description == "first");
    BOOST_TEST(words(c.refresh()) == texts({"a rejected"}), boost::test_tools::per_element());
    write("a", "description: second\n");
    BOOST_TEST(words(c.refresh()) == texts({"a loaded"}), boost::test_tools::per_element());
    BOOST_TEST(!c.find("a")->broken());
    BOOST_TEST(c.find("a")->good->document.description == "second");
}

BOOST_FIXTURE_TEST_CASE(a_file_that_others_can_write_to_is_rejected_also_with_the_same_text, folder_of_jobs)
{
    write("a", "description: first\n");
    auto c = make();
    c.refresh();
    const auto set = [this](int mode) {
        std::filesystem::permissions(folder / "jobs.d/a.yaml", static_cast<std::filesystem::perms>(mode));
    };
    set(0666);
    const auto refused = c.refresh();
    BOOST_TEST(words(refused) == texts({"a rejected"}), boost::test_tools::per_element());
    BOOST_TEST(refused.at(0).problems.at(0).code == yaml::codes::open_to_others);
    BOOST_TEST(c.find("a")->good); // the last good version stays
    set(0644);
    c.refresh();
    BOOST_TEST(!c.find("a")->broken());
}

BOOST_FIXTURE_TEST_CASE(going_back_to_the_good_text_heals_the_entry, folder_of_jobs)
{
    write("a", "description: first\n");
    auto c = make();
    c.refresh();
    write("a", "nonsense: 1\n");
    c.refresh();
    write("a", "description: first\n");
    BOOST_TEST(words(c.refresh()) == texts({"a loaded"}), boost::test_tools::per_element());
    BOOST_TEST(!c.find("a")->broken());
}

BOOST_FIXTURE_TEST_CASE(unchanged_removed_and_rehearsed_changes, folder_of_jobs)
{
    write("a");
    write("b");
    auto c = make();
    c.refresh();
    BOOST_TEST(words(c.refresh()) == texts({"a unchanged", "b unchanged"}), boost::test_tools::per_element());
    remove("b");
    write("a", "description: new\n");
    write("c", "nonsense: 1\n");
    const auto rehearsed = texts({"a loaded", "b removed", "c rejected"});
    BOOST_TEST(words(c.refresh(true)) == rehearsed, boost::test_tools::per_element());
    BOOST_TEST(c.find("a")->good->document.description == "");
    BOOST_TEST(c.find("b") != nullptr);
    BOOST_TEST(c.find("c") == nullptr);
    BOOST_TEST(words(c.refresh()) == rehearsed, boost::test_tools::per_element());
    BOOST_TEST(c.find("b") == nullptr);
    BOOST_TEST(!c.find("c")->good);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_readable_file_is_a_problem_and_not_a_hang, folder_of_jobs)
{
    const auto jobs = folder / "jobs.d";
    BOOST_TEST_REQUIRE(::mkfifo((jobs / "fifo.yaml").c_str(), 0600) == 0);
    std::filesystem::create_directory(jobs / "dir.yaml");
    std::filesystem::create_symlink("nowhere", jobs / "link.yaml");
    std::ofstream(jobs / "huge.yaml") << std::string(300'000, '#');
    std::ofstream(jobs / "empty.yaml");
    auto c = make();
    const auto changes = c.refresh();
    BOOST_TEST(words(changes) ==
                   texts({"dir rejected", "empty rejected", "fifo rejected", "huge rejected", "link rejected"}),
               boost::test_tools::per_element());
    for (const auto& f : changes)
        BOOST_TEST(yaml::has_errors(f.problems), f.name);
}

BOOST_FIXTURE_TEST_CASE(a_link_to_a_secret_is_refused_and_shows_nothing_of_it, folder_of_jobs)
{
    const auto jobs = folder / "jobs.d";
    std::filesystem::create_directory(folder / "secrets");
    std::ofstream(folder / "secrets" / "key") << "k3y: [of the provider\n";
    std::ofstream(folder / "beside.yaml") << "k3y: [beside the jobs\n";
    std::filesystem::create_symlink("../secrets/key", jobs / "a.yaml");
    std::filesystem::create_symlink(folder / "secrets" / "key", jobs / "b.yaml");
    std::filesystem::create_hard_link(folder / "secrets" / "key", jobs / "c.yaml");
    std::filesystem::create_symlink("../beside.yaml", jobs / "d.yaml");
    write("good");
    std::filesystem::create_symlink("good.yaml", jobs / "e.yaml");
    auto c = make();
    const auto changes = c.refresh();
    BOOST_TEST(words(changes) ==
                   texts({"a rejected", "b rejected", "c rejected", "d rejected", "e loaded", "good loaded"}),
               boost::test_tools::per_element());
    for (const auto& f : changes)
        for (const auto& p : f.problems) {
            BOOST_TEST(p.code == yaml::codes::leads_out);
            BOOST_TEST(yaml::to_text(p).find("k3y") == std::string::npos, yaml::to_text(p));
        }
}

BOOST_FIXTURE_TEST_CASE(a_line_that_holds_a_secret_is_shown_without_it, folder_of_jobs)
{
    events::process_redactor().add_secret("s3cr3t-of-the-catalog");
    write("a", "description: [s3cr3t-of-the-catalog\n");
    write("b", "s3cr3t-of-the-catalog: 1\n");
    auto c = make();
    for (const auto& f : c.refresh()) {
        BOOST_TEST(yaml::has_errors(f.problems), f.name);
        for (const auto& p : f.problems)
            BOOST_TEST(yaml::to_text(p).find("s3cr3t") == std::string::npos, yaml::to_text(p));
    }
}

BOOST_FIXTURE_TEST_CASE(a_folder_that_cannot_be_read_takes_no_job_away, folder_of_jobs)
{
    write("a");
    auto c = make();
    c.refresh();
    std::filesystem::rename(folder / "jobs.d", folder / "moved");
    const auto changes = c.refresh();
    BOOST_TEST_REQUIRE(changes.size() == 1u);
    BOOST_TEST(yaml::has_errors(changes[0].problems));
    BOOST_TEST(c.find("a") != nullptr);
    auto none = make((folder / "never").string());
    BOOST_TEST(none.refresh().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_definition_is_prepared_whatever_became_of_its_file, folder_of_jobs)
{
    write("a", "description: old\n");
    auto c = make();
    c.refresh();
    const auto text = c.find("a")->good->document.source;
    yaml::problems found;
    BOOST_TEST(c.from_definition("a", text, found) == c.find("a")->good);
    remove("a");
    c.refresh();
    const auto once = c.from_definition("a", text, found);
    BOOST_TEST_REQUIRE(once);
    BOOST_TEST(once->document.description == "old");
    BOOST_TEST(c.from_definition("a", text, found) == once);
    BOOST_TEST(found.empty());
    BOOST_TEST(!c.from_definition("a", "version: 1\nkind: gone\n", found));
    BOOST_TEST(yaml::has_errors(found));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
