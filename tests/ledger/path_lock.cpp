#include "ledger/detail/path_lock.hpp"
#include "ledger/detail/ballast.hpp"
#include "ledger/detail/folder_lock.hpp"
#include "ledger/detail/store.hpp"
#include "ledger/samples.hpp"
#include "ledger/temporary.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
namespace fs = std::filesystem;

BOOST_FIXTURE_TEST_SUITE(path_lock_, temporary_folder)

BOOST_AUTO_TEST_CASE(a_path_has_one_holder_also_by_its_other_names)
{
    const auto state = *this / "state";
    fs::create_directory_symlink(path, *this / "link");
    {
        const auto held = path_lock::take(state);
        BOOST_REQUIRE(held);
        for (const auto& name : {state, state + "/", *this / "./state", *this / "link/state"})
            BOOST_TEST(verdict(path_lock::take(name)) == "conflict", name);
        BOOST_TEST(path_lock::take(state).error().message == "process " + std::to_string(::getpid()));
        BOOST_TEST(verdict(path_lock::take(*this / "other")) == "ok");
    }
    BOOST_TEST(verdict(path_lock::take(state)) == "ok");
}

BOOST_AUTO_TEST_CASE(a_folder_is_held_when_its_lock_is_deleted_or_it_was_moved_away)
{
    const auto state = *this / "state";
    const auto held = folder_lock::take(state);
    BOOST_REQUIRE(held);
    fs::remove(state + "/ulak.lock");
    const auto second = folder_lock::take(state);
    BOOST_REQUIRE(!second);
    BOOST_TEST(second.error().message.find("(process " + std::to_string(::getpid()) + ")") != std::string::npos);
    fs::rename(state, *this / "elsewhere");
    BOOST_TEST(verdict(folder_lock::take(state)) == "conflict");
    BOOST_TEST(!fs::exists(state)); // or moving it back would move it into the new one
}

BOOST_AUTO_TEST_CASE(a_second_opener_leaves_the_ballast_of_the_first)
{
    auto first = store::open_folder(path, nullptr);
    BOOST_REQUIRE(first);
    const auto room = fs::file_size(*this / "ulak.ballast");
    BOOST_TEST(room > 0u);
    // Even one that got past every lock.
    const auto second = store::open_folder(path, nullptr);
    BOOST_REQUIRE(!second);
    BOOST_TEST(name(second.error().code) == "conflict");
    BOOST_TEST(second.error().message.find("is open in another process") != std::string::npos, second.error().message);
    BOOST_TEST(fs::file_size(*this / "ulak.ballast") == room);
}

BOOST_AUTO_TEST_SUITE_END()
