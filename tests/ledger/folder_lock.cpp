#include "ledger/detail/folder_lock.hpp"
#include "ledger/detail/ballast.hpp"
#include "ledger/samples.hpp"
#include "ledger/temporary.hpp"

#include <fstream>

#include <sys/stat.h>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

BOOST_FIXTURE_TEST_SUITE(folder_lock_, temporary_folder)

BOOST_AUTO_TEST_CASE(one_folder_has_one_holder_until_it_lets_go)
{
    {
        auto held = folder_lock::take(path);
        BOOST_REQUIRE(held);
        const auto second = folder_lock::take(path);
        BOOST_REQUIRE(!second);
        BOOST_TEST(name(second.error().code) == "conflict");
        BOOST_TEST(second.error().message.find("(process " + std::to_string(::getpid()) + ")") != std::string::npos);
        auto moved_lock = *std::move(held);
        BOOST_TEST(verdict(folder_lock::take(path)) == "conflict");
    }
    BOOST_TEST(verdict(folder_lock::take(path)) == "ok");
}

BOOST_AUTO_TEST_CASE(a_folder_is_made_but_not_its_parent)
{
    BOOST_TEST(verdict(folder_lock::take(*this / "new")) == "ok");
    struct stat seen = {};
    BOOST_REQUIRE(::stat((*this / "new").c_str(), &seen) == 0);
    BOOST_TEST((seen.st_mode & 0777) == 0700u);
    BOOST_TEST(verdict(folder_lock::take(*this / "no/parent")) == "unavailable");
    std::ofstream(*this / "file") << "x";
    BOOST_TEST(verdict(folder_lock::take(*this / "file")) == "unavailable");
}

BOOST_AUTO_TEST_CASE(a_private_file_is_made_once_and_kept)
{
    BOOST_REQUIRE(create_private_file(*this / "db"));
    struct stat seen = {};
    BOOST_REQUIRE(::stat((*this / "db").c_str(), &seen) == 0);
    BOOST_TEST((seen.st_mode & 0777) == 0600u);
    BOOST_TEST(!has_content(*this / "db"));
    std::ofstream(*this / "db") << "x";
    BOOST_REQUIRE(create_private_file(*this / "db"));
    BOOST_TEST(has_content(*this / "db"));
    BOOST_TEST(!has_content(*this / "none"));
    BOOST_TEST(verdict(create_private_file(*this / "no/folder")) == "unavailable");
}

BOOST_AUTO_TEST_CASE(the_ballast_is_filled_once_and_released_once)
{
    const ballast room(path);
    BOOST_TEST(!room.release());
    BOOST_REQUIRE(room.fill());
    const auto size = std::filesystem::file_size(*this / "ulak.ballast");
    BOOST_TEST(size > 0u);
    BOOST_REQUIRE(room.fill());
    BOOST_TEST(std::filesystem::file_size(*this / "ulak.ballast") == size);
    BOOST_TEST(room.release());
    BOOST_TEST(std::filesystem::file_size(*this / "ulak.ballast") == 0u);
    BOOST_TEST(!room.release());
    BOOST_TEST(verdict(ballast("/nonexistent/folder").fill()) == "unavailable");
}

BOOST_AUTO_TEST_SUITE_END()
