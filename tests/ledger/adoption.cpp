// A store that was copied, put back or robbed of its log is noticed before anything costly is begun.
#include "ledger/detail/database.hpp"
#include "ledger/samples.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ledger/temporary.hpp"

#include <fstream>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
namespace fs = std::filesystem;

namespace {

struct adoption_fixture : loop_fixture {
    ~adoption_fixture() { settle(); } // what is still to be told is told while somebody listens

    std::unique_ptr<any_ledger> open(const std::string& where)
    {
        auto made = open_sqlite(io.get_executor(), where, [this](const store_health& s) { told.push_back(s); });
        BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
        return *std::move(made);
    }
    template<class... Change>
    std::string outcome(any_ledger& l, Change... c)
    {
        return verdict(run(l.commit(all(std::move(c)...))));
    }
    /// A store with one run, closed.
    void live_once()
    {
        const auto l = open(state);
        BOOST_REQUIRE(outcome(*l, a_run("R1"), an_effect("e1", "R1", "s")) == "ok");
    }
    void put_back(const std::string& bytes)
    {
        std::ofstream(state + "/ulak.db", std::ios::binary | std::ios::trunc) << bytes; // the inode stays
    }
    std::string bytes() const
    {
        std::ifstream in(state + "/ulak.db", std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::string held(const std::string& where) { return open(where)->health().held; }

    temporary_folder folder;
    std::string state = folder / "state";
    std::vector<store_health> told{};
};

bool says(const std::string& text, const char* piece)
{
    return text.find(piece) != std::string::npos && text.find("ulakctl adopt") != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(adoption_, adoption_fixture)

BOOST_AUTO_TEST_CASE(a_store_that_stays_where_it_is_is_never_held)
{
    for (int n = 0; n < 3; ++n) {
        const auto l = open(state);
        BOOST_TEST(l->health().healthy());
        BOOST_TEST(outcome(*l, a_run("R" + std::to_string(n))) == "ok");
    }
    fs::rename(state, folder / "elsewhere");
    BOOST_TEST(held(folder / "elsewhere").empty());
}

BOOST_AUTO_TEST_CASE(a_copied_folder_begins_nothing_until_it_is_adopted)
{
    live_once();
    fs::copy(state, folder / "copy", fs::copy_options::recursive);
    {
        const auto l = open(folder / "copy");
        BOOST_TEST(says(l->health().held, "is a copy"), l->health().held);
        BOOST_TEST(outcome(*l, a_run("R2")) == "paused");
        BOOST_TEST(outcome(*l, an_effect("e2", "R1", "other")) == "paused");
        BOOST_TEST(outcome(*l, moved("e1", effect_state::dispatched)) == "paused");
        BOOST_TEST(outcome(*l, moved("e1", effect_state::not_sent), an_event("settled")) == "ok");
        BOOST_TEST(verdict(run(l->run(run_id("R1")))) == "ok");
        BOOST_TEST(verdict(run(l->adopt())) == "ok");
        BOOST_TEST(l->health().healthy());
        BOOST_TEST(outcome(*l, a_run("R2")) == "ok");
        BOOST_TEST(verdict(run(l->adopt())) == "conflict");
    }
    settle();
    BOOST_REQUIRE(told.size() == 2u);
    BOOST_TEST(!told[0].held.empty());
    BOOST_TEST(told[1].held.empty());
    BOOST_TEST(held(folder / "copy").empty());
    BOOST_TEST(held(state).empty()); // the original goes on as before
}

BOOST_AUTO_TEST_CASE(a_backup_that_is_put_back_is_noticed)
{
    live_once();
    const auto old = bytes();
    {
        const auto l = open(state);
        BOOST_REQUIRE(outcome(*l, moved("e1", effect_state::dispatched)) == "ok");
    }
    put_back(old);
    BOOST_TEST(says(held(state), "knows 1 commits, and this folder has seen 2"));
    run(open(state)->adopt()).value();
    BOOST_TEST(held(state).empty());
}

BOOST_AUTO_TEST_CASE(another_file_in_its_place_is_noticed)
{
    live_once();
    fs::copy_file(state + "/ulak.db", folder / "backup");
    fs::rename(folder / "backup", state + "/ulak.db");
    BOOST_TEST(says(held(state), "is a copy"));
}

BOOST_AUTO_TEST_CASE(a_lost_log_is_noticed)
{
    live_once();
    auto l = open(state);
    BOOST_REQUIRE(outcome(*l, moved("e1", effect_state::dispatched)) == "ok");
    // As after a kill: the file without the log that holds the last commit, under the same inode.
    fs::create_directory(folder / "kept");
    const auto mark = folder / "kept/mark";
    fs::copy_file(state + "/ulak.mark", mark);
    const auto file = bytes();
    l.reset();
    put_back(file);
    fs::copy_file(mark, state + "/ulak.mark", fs::copy_options::overwrite_existing);
    fs::remove(state + "/ulak.db-wal");
    BOOST_TEST(says(held(state), "ulak.db-wal is lost"));
}

BOOST_AUTO_TEST_CASE(a_mark_that_is_gone_or_of_another_store_is_noticed)
{
    live_once();
    fs::rename(state + "/ulak.mark", folder / "mark");
    BOOST_TEST(says(held(state), "was put back"));
    std::ofstream(state + "/ulak.mark") << "ulak-mark 1 SOMEOTHERSTORE 1\n";
    BOOST_TEST(says(held(state), "was put back"));
    fs::rename(folder / "mark", state + "/ulak.mark");
    BOOST_TEST(held(state).empty());
}

BOOST_AUTO_TEST_CASE(a_store_from_before_there_were_marks_is_taken_as_it_is)
{
    live_once();
    {
        auto raw = database::open(state + "/ulak.db").value();
        BOOST_REQUIRE(raw.execute_script("DELETE FROM settings"));
    }
    fs::remove(state + "/ulak.mark");
    BOOST_TEST(held(state).empty());
    BOOST_TEST(fs::exists(state + "/ulak.mark"));
}

BOOST_AUTO_TEST_SUITE_END()
