#include "ulakd/folder_access.hpp"

#include "support/folder.hpp"
#include "ulakd/check.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

BOOST_AUTO_TEST_SUITE(folder_access_)

using namespace ulak;
using namespace ulak::daemon;
namespace fs = std::filesystem;

namespace {

struct configured {
    tests::folder dir{};
    std::string file = dir.write("ulak.yaml", "version: 1\n", 0644);
    configured()
    {
        for (const char* name : {"jobs.d", "secrets"})
            fs::create_directory(dir.at(name));
        fs::create_directory(dir.at("state"));
    }
    void set(const std::string& name, int mode) const
    {
        fs::permissions(name.empty() ? dir.path() : dir.at(name), static_cast<fs::perms>(mode));
    }
    /// "U0130 error" for each problem of a start, or of a check.
    std::string start() const
    {
        yaml::problems found;
        const bool started = load_settings(file, false, found).has_value();
        BOOST_TEST(started != yaml::has_errors(found));
        return words(found);
    }
    std::string check() const { return words(check_files(file, {}, false).problems); }
    static std::string words(const yaml::problems& found)
    {
        std::string out;
        for (const auto& p : found) {
            out += p.code + (p.level == yaml::severity::error ? " error " : " warning ");
            BOOST_TEST(p.hint.starts_with("run: chmod go-w /"));
        }
        return out;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(what_units_and_usual_umasks_make_is_taken, configured)
{
    for (const int mode : {0700, 0750, 0755, 0775}) { // the group is the owner's own
        for (const char* name : {"", "jobs.d", "secrets"})
            set(name, mode);
        BOOST_TEST(start() == "");
    }
    set("ulak.yaml", 0664);
    BOOST_TEST(start() == "");
    set("", 01777); // as /tmp: nobody replaces the files of others
    BOOST_TEST(start() == "");
}

BOOST_FIXTURE_TEST_CASE(what_others_can_change_keeps_a_daemon_from_starting_and_a_check_says_so, configured)
{
    for (const char* name : {"ulak.yaml", "jobs.d", "secrets"})
        BOOST_TEST_CONTEXT(name)
        {
            set(name, 0777);
            BOOST_TEST(start() == "U0130 error ");
            BOOST_TEST(check() == "U0130 error ");
            set(name, 0755);
        }
    set("", 0777);
    BOOST_TEST(start() == "U0130 warning ");
    BOOST_TEST(check() == "U0130 warning ");
}

BOOST_AUTO_TEST_SUITE_END()
