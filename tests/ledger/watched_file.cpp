#include "ledger/detail/watched_file.hpp"
#include "ledger/samples.hpp"
#include "ledger/temporary.hpp"

#include <fstream>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
namespace fs = std::filesystem;

namespace {

using finding = watched_file::finding;

struct watched_fixture : temporary_folder {
    watched_fixture()
    {
        std::ofstream(file) << "0123456789";
        watched.follow();
    }
    bool says(finding what, const std::string& text) const
    {
        return watched.describe(what).find(text) != std::string::npos;
    }
    std::string file = *this / "file";
    watched_file watched{file};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(watched_file_, watched_fixture)

BOOST_AUTO_TEST_CASE(a_file_that_is_written_or_grows_is_the_same)
{
    BOOST_TEST((watched.look() == finding::none));
    std::ofstream(file, std::ios::app) << "more";
    BOOST_TEST((watched.look() == finding::none));
    fs::resize_file(file, 12); // still longer than at first, but not than seen
    BOOST_TEST((watched.look() == finding::shorter));
    BOOST_TEST(says(finding::shorter, "was cut from 14 to 12 bytes"));
    watched.accept_size();
    BOOST_TEST((watched.look() == finding::none));
}

BOOST_AUTO_TEST_CASE(a_deleted_file_is_missing_and_the_way_to_save_it_works)
{
    fs::remove(file);
    BOOST_TEST((watched.look() == finding::missing));
    BOOST_TEST(says(finding::missing, "was deleted"));
    const auto advice = watched.remedy();
    const auto from = advice.find("/proc/");
    BOOST_REQUIRE(from != std::string::npos);
    std::ifstream saved(advice.substr(from, advice.find(' ', from) - from));
    BOOST_TEST(std::string(std::istreambuf_iterator<char>(saved), {}) == "0123456789");
    std::ofstream(file) << "another one";
    BOOST_TEST((watched.look() == finding::replaced));
    BOOST_TEST(says(finding::replaced, "another file lies in its place"));
}

BOOST_AUTO_TEST_CASE(a_moved_file_is_missing_until_it_comes_back)
{
    fs::rename(file, *this / "other");
    BOOST_TEST((watched.look() == finding::missing));
    BOOST_TEST(says(finding::missing, "was moved to " + (*this / "other")));
    BOOST_TEST(watched.remedy().find("move it back") != std::string::npos);
    fs::rename(*this / "other", file);
    BOOST_TEST((watched.look() == finding::none));
}

BOOST_AUTO_TEST_CASE(nothing_is_seen_of_what_is_not_followed)
{
    watched_file none(*this / "nothing");
    none.follow();
    BOOST_TEST(!none.followed());
    BOOST_TEST((none.look() == finding::none));
    watched.unfollow();
    fs::remove(file);
    BOOST_TEST((watched.look() == finding::none));
}

BOOST_AUTO_TEST_SUITE_END()
