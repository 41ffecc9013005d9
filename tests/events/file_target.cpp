#include "events/detail/file_target.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

BOOST_AUTO_TEST_SUITE(file_target_)

using namespace ulak::events;

namespace {

struct folder_fixture {
    folder_fixture()
    {
        char name[] = "/tmp/ulak-file-target-XXXXXX";
        folder = ::mkdtemp(name);
        path = folder + "/log";
    }
    ~folder_fixture() { std::filesystem::remove_all(folder); }

    static std::string text_of(const std::string& file)
    {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    static void write(log_target& to, std::string_view bytes)
    {
        std::size_t done = 0;
        BOOST_TEST((to.write(bytes, done) == write_result::all));
        BOOST_TEST(done == bytes.size());
    }

    std::string folder, path;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_new_file_is_not_for_everybody, folder_fixture)
{
    ::umask(0);
    write(*make_file_target(path), "a\n");
    struct stat seen = {};
    BOOST_REQUIRE(::stat(path.c_str(), &seen) == 0);
    BOOST_TEST((seen.st_mode & 0777) == 0640u);
}

BOOST_FIXTURE_TEST_CASE(an_old_file_is_continued, folder_fixture)
{
    write(*make_file_target(path), "first\n");
    write(*make_file_target(path), "second\n");
    BOOST_TEST(text_of(path) == "first\nsecond\n");
}

BOOST_FIXTURE_TEST_CASE(a_moved_file_is_left_when_it_is_reopened, folder_fixture)
{
    const auto to = make_file_target(path);
    write(*to, "a\n");
    std::filesystem::rename(path, path + ".1");
    write(*to, "b\n");
    to->reopen();
    write(*to, "c\n");
    BOOST_TEST(text_of(path + ".1") == "a\nb\n");
    BOOST_TEST(text_of(path) == "c\n");
}

BOOST_FIXTURE_TEST_CASE(a_file_that_cannot_be_reopened_is_kept, folder_fixture)
{
    const auto to = make_file_target(path);
    write(*to, "a\n");
    const auto moved = folder + ".moved";
    std::filesystem::rename(folder, moved);
    to->reopen();
    write(*to, "b\n");
    BOOST_TEST(text_of(moved + "/log") == "a\nb\n");
    std::filesystem::remove_all(moved);
}

BOOST_FIXTURE_TEST_CASE(a_file_that_cannot_be_opened_gives_no_target, folder_fixture)
{
    BOOST_TEST(make_file_target(folder + "/none/log") == nullptr);
    BOOST_TEST(make_file_target(folder) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
