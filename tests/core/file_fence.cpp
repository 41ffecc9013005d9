#include "core/file_fence.hpp"

#include "support/folder.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <thread>

BOOST_AUTO_TEST_SUITE(file_fence_)

using namespace ulak;
namespace fs = std::filesystem;

namespace {

// config/ with a list, a secret and what may be linked; outside/ beside it.
struct fence_fixture {
    fence_fixture()
    {
        dir.write("config/lists/people.csv", "people");
        dir.write("config/secrets/key", "secret");
        dir.write("config/secrets/deep/key", "secret");
        dir.write("outside/passwd", "outside");
    }

    void link(const std::string& target, const std::string& name) const { fs::create_symlink(target, dir.at(name)); }

    /// What can be read there, or the reason why not.
    std::string open(const std::string& name) const { return read(open_fenced(dir.at(name), fence)); }
    std::string open_anywhere(const std::string& path) const
    {
        return read(open_fenced(path, file_fence{{}, fence.never_in}));
    }
    static std::string read(const file_descriptor& fd)
    {
        if (!fd)
            return ::strerrorname_np(errno);
        std::string text(100, ' ');
        const auto n = ::read(fd.get(), text.data(), text.size());
        text.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
        return text;
    }

    tests::folder dir{};
    file_fence fence{dir.at("config"), secret_folders(dir.at("config"))};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(files_and_links_inside_are_opened, fence_fixture)
{
    fs::create_directories(dir.at("config/jobs.d/deep"));
    link("../lists/people.csv", "config/jobs.d/relative");
    link(dir.at("config/lists/people.csv"), "config/jobs.d/absolute");
    link("../lists", "config/jobs.d/folder");
    link(dir.at("config/lists"), "config/jobs.d/whole_folder");
    link("relative", "config/jobs.d/twice");
    for (const char* name :
         {"lists/people.csv", "lists/../lists/./people.csv", "jobs.d/relative", "jobs.d/absolute", "jobs.d/twice",
          "jobs.d/folder/people.csv", "jobs.d/whole_folder/people.csv", "jobs.d/deep/../relative"})
        BOOST_TEST(open(std::string("config/") + name) == "people", name);
}

BOOST_FIXTURE_TEST_CASE(nothing_leads_out, fence_fixture)
{
    link("../../outside/passwd", "config/lists/relative");
    link(dir.at("outside/passwd"), "config/lists/absolute");
    link("../outside", "config/folder");
    link("/", "config/root");
    link("/proc/self/root", "config/magic");
    link(dir.at("config") + "-other/x", "config/near");
    for (const char* name : {"config/lists/relative", "config/lists/absolute", "config/folder/passwd",
                             "config/../outside/passwd", "config/lists/../../outside/passwd", "config/root/etc/passwd",
                             "config/magic/etc/passwd", "config/near", "outside/passwd"})
        BOOST_TEST(open(name) == "EXDEV", name);
}

BOOST_FIXTURE_TEST_CASE(secrets_are_out_of_reach_by_every_name, fence_fixture)
{
    link("../secrets/key", "config/lists/link");
    link("secrets", "config/alias");
    BOOST_TEST_REQUIRE(::link(dir.at("config/secrets/key").c_str(), dir.at("config/lists/hard").c_str()) == 0);
    for (const char* name : {"secrets/key", "secrets/deep/key", "lists/link", "alias/key", "alias/deep/key",
                             "lists/../secrets/key", "lists/hard"}) {
        BOOST_TEST(open(std::string("config/") + name) == "EPERM", name);
        BOOST_TEST(open_anywhere(dir.at(std::string("config/") + name)) == "EPERM", name);
    }
    BOOST_TEST(open_anywhere("/proc/self/root" + dir.at("config/secrets/key")) == "EPERM");
    BOOST_TEST(open_anywhere(dir.at("outside/passwd")) == "outside");
    BOOST_TEST(open_anywhere(dir.at("outside/../config/lists/people.csv")) == "people");
}

BOOST_AUTO_TEST_CASE(the_folder_of_credentials_is_one_of_secrets)
{
    ::setenv("CREDENTIALS_DIRECTORY", "/run/credentials/ulakd.service", 1);
    const auto folders = secret_folders("/etc/ulak");
    ::unsetenv("CREDENTIALS_DIRECTORY");
    const std::vector<std::string> wanted{"/etc/ulak/secrets", "/run/credentials/ulakd.service"};
    BOOST_TEST(folders == wanted, boost::test_tools::per_element());
    BOOST_TEST(secret_folders("/etc/ulak").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_opened_has_its_reason, fence_fixture)
{
    link("nowhere", "config/dangling");
    link("loop", "config/loop");
    BOOST_TEST(open("config/none") == "ENOENT");
    BOOST_TEST(open("config/dangling") == "ENOENT");
    BOOST_TEST(open("config/loop") == "ELOOP");
    BOOST_TEST(open("config/lists/people.csv/x") == "ENOTDIR");
    BOOST_TEST(open("config/lists/..") == "EISDIR");
    BOOST_TEST(open_anywhere("relative") == "EXDEV");
    BOOST_TEST(read(open_fenced(dir.at("none/x"), {dir.at("none"), {}})) == "ENOENT");
    BOOST_TEST_REQUIRE(::mkfifo(dir.at("config/fifo").c_str(), 0600) == 0);
    BOOST_TEST(static_cast<bool>(open_fenced(dir.at("config/fifo"), fence))); // returns at once
}

// One thread exchanges a folder for a link that leads out, over and over, while the other walks through it.
BOOST_FIXTURE_TEST_CASE(a_folder_that_is_exchanged_meanwhile_does_not_lead_out, fence_fixture)
{
    dir.write("outside/people.csv", "outside");
    link(dir.at("outside"), "trap");
    std::atomic<bool> done = false;
    std::thread attacker([&] {
        while (!done)
            ::renameat2(AT_FDCWD, dir.at("trap").c_str(), AT_FDCWD, dir.at("config/lists").c_str(), RENAME_EXCHANGE);
    });
    int inside = 0, outside = 0;
    for (int i = 0; i < 5000 || (inside == 0 && i < 1'000'000); ++i) {
        const auto text = open("config/lists/people.csv");
        inside += text == "people";
        outside += text == "outside";
    }
    done = true;
    attacker.join();
    BOOST_TEST(outside == 0);
    BOOST_TEST(inside > 0);
}

BOOST_AUTO_TEST_SUITE_END()
