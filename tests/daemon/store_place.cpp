#include "ulakd/store_place.hpp"

#include "support/folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

#include <unistd.h>

BOOST_AUTO_TEST_SUITE(store_place_)

using namespace ulak;
using namespace ulak::daemon;
namespace fs = std::filesystem;

namespace {

struct place_fixture {
    tests::folder dir{};
    settings s{};
    place_fixture()
    {
        s.state_dir = dir.at("state");
        s.socket = dir.at("run/ulak.sock");
    }
    std::string places(const std::string& lasting = "/nowhere")
    {
        std::string out;
        for (const auto& p : store_opening_of(s, lasting).marks)
            out += fs::path(p.folder).lexically_relative(dir.path()).string() + (p.lasting ? " lasting " : " ");
        return out;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(marks_go_to_the_packages_folder_and_to_that_of_the_socket, place_fixture)
{
    BOOST_TEST(places() == "run ");
    fs::create_directory(dir.at("stores"));
    BOOST_TEST(places(dir.at("stores")) == "stores lasting run ");
}

BOOST_FIXTURE_TEST_CASE(a_folder_that_others_can_write_to_or_that_goes_with_the_state_gets_none, place_fixture)
{
    fs::create_directory(dir.at("run"));
    fs::permissions(dir.at("run"), static_cast<fs::perms>(01777)); // as /tmp
    BOOST_TEST(places() == "");
    s.socket = dir.at("state/ulak.sock");
    BOOST_TEST(places() == "");
    s.socket = dir.at("state-run/ulak.sock");
    BOOST_TEST(places() == "state-run ");
    s.simulated = true;
    BOOST_TEST(places() == "");
}

BOOST_FIXTURE_TEST_CASE(whether_a_store_may_be_made_is_passed_on, place_fixture)
{
    BOOST_TEST(store_opening_of(s).may_create);
    s.may_create_store = false;
    BOOST_TEST(!store_opening_of(s).may_create);
}

BOOST_FIXTURE_TEST_CASE(root_makes_no_store_in_the_folder_of_another_user, place_fixture)
{
    BOOST_TEST(check_init_user(s).has_value()); // there is no folder yet
    fs::create_directory(s.state_dir);
    BOOST_TEST(check_init_user(s).has_value());
    if (::geteuid() != 0 || ::chown(s.state_dir.c_str(), 4711, 4711) != 0)
        return;
    const auto refused = check_init_user(s);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message.find("--reuid=4711 --regid=4711") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
