// A disk that refuses: nothing begins, what has happened is kept, and work goes on by itself when there is room again.
#include "ledger/samples.hpp"
#include "ledger/shim_vfs.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ledger/temporary.hpp"

#include <atomic>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
namespace fs = std::filesystem;

namespace {

struct full_disk_fixture : loop_fixture {
    ~full_disk_fixture()
    {
        l.reset();
        settle(); // what is still to be told is told while somebody listens
    }

    void open()
    {
        auto made = open_sqlite(io.get_executor(), folder.path, [this](const store_health& s) { told.push_back(s); });
        BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
        l = *std::move(made);
        BOOST_REQUIRE(outcome(a_run("R1"), an_effect("e1", "R1", "s"), moved("e1", effect_state::dispatched)) == "ok");
    }
    template<class... Change>
    std::string outcome(Change... c)
    {
        return verdict(run(l->commit(all(std::move(c)...))));
    }
    std::uintmax_t kept_room() const { return fs::file_size(folder / "ulak.ballast"); }
    effect_state state_of_e1() { return run(l->effects(effect_query())).value().at(0).state; }

    void wait_a_moment()
    {
        io.restart();
        const auto guard = boost::asio::make_work_guard(io);
        io.run_one_for(std::chrono::milliseconds(1));
    }

    /// From now on each thing asked of the disk answers this, as long as it applies.
    void refuse(int code, std::function<bool(disk_op, const std::string&)> applies)
    {
        disk.refuse = [this, code, applies](disk_op what, const std::string& file) {
            return ill && applies(what, file) ? code : SQLITE_OK;
        };
    }

    temporary_folder folder;
    shim_vfs disk;
    std::atomic<bool> ill{false};
    std::unique_ptr<any_ledger> l;
    std::vector<store_health> told{};
};

bool any_write(disk_op what, const std::string&)
{
    return what == disk_op::write;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(full_disk_, full_disk_fixture)

BOOST_AUTO_TEST_CASE(room_is_kept_while_all_is_well)
{
    open();
    BOOST_TEST(kept_room() == 16u << 20);
    l.reset();
    BOOST_TEST(kept_room() == 16u << 20);
}

BOOST_AUTO_TEST_CASE(a_full_disk_takes_outcomes_and_nothing_else_until_there_is_room)
{
    refuse(SQLITE_FULL, [this](disk_op what, const std::string&) { return what == disk_op::write && kept_room() > 0; });
    open();
    ill = true; // full, but for the room that was kept
    BOOST_TEST(outcome(a_run("R2")) == "unavailable");
    BOOST_TEST(kept_room() == 0u);
    BOOST_TEST(outcome(an_effect("e2", "R1", "other")) == "unavailable");
    BOOST_TEST(!l->health().blocked.empty());
    BOOST_TEST(outcome(moved("e1", effect_state::accepted, "71"), an_event("kept")) == "ok");
    BOOST_TEST(state_of_e1() == effect_state::accepted);
    ill = false;
    BOOST_TEST(outcome(a_run("R2")) == "ok");
    BOOST_TEST(l->health().healthy());
    BOOST_TEST(kept_room() == 16u << 20);
    settle();
    BOOST_TEST(told.size() >= 2u);
    BOOST_TEST(!told.front().blocked.empty());
    BOOST_TEST(told.back().healthy());
}

BOOST_AUTO_TEST_CASE(a_disk_that_only_reads_is_asked_again_until_it_writes)
{
    refuse(SQLITE_READONLY, any_write);
    open();
    ill = true;
    for (int n = 0; n < 3; ++n) {
        BOOST_TEST(outcome(a_run("R2")) == "unavailable");
        BOOST_TEST(outcome(moved("e1", effect_state::accepted, "71")) == "unavailable");
    }
    BOOST_TEST(state_of_e1() == effect_state::dispatched);
    BOOST_TEST(!l->health().blocked.empty());
    ill = false;
    BOOST_TEST(outcome(moved("e1", effect_state::accepted, "71")) == "ok");
    BOOST_TEST(outcome(a_run("R2")) == "ok");
    BOOST_TEST(l->health().healthy());
}

BOOST_AUTO_TEST_CASE(it_resumes_without_being_asked)
{
    refuse(SQLITE_READONLY, any_write);
    open();
    ill = true;
    BOOST_TEST(outcome(a_run("R2")) == "unavailable");
    ill = false;
    // The store's own thread asks once a second.
    for (int turn = 0; turn < 5000 && !l->health().healthy(); ++turn)
        wait_a_moment();
    BOOST_TEST(l->health().healthy());
}

BOOST_AUTO_TEST_CASE(a_commit_whose_sync_failed_is_what_its_waiter_was_told)
{
    open();
    int left = 0, found = 0;
    disk.refuse = [&](disk_op what, const std::string&) {
        return ill && what == disk_op::sync && left-- > 0 ? SQLITE_IOERR_FSYNC : SQLITE_OK;
    };
    ill = true;
    // The frames are in the log, whole. Closing takes them out or, if that fails as well, leaves them for the next
    // start.
    for (int failing = 1; failing < 8; ++failing)
        BOOST_TEST_CONTEXT(failing << " syncs fail")
        {
            BOOST_REQUIRE(outcome(an_event("before")) == "ok"); // begins the log, which is synced on its own
            left = failing;
            const auto id = "s" + std::to_string(failing);
            const bool told_kept = outcome(an_event(id)) == "ok";
            left = 0;
            l.reset();
            l = open_sqlite(io.get_executor(), folder.path).value();
            const auto events = run(l->events_after(0, 100)).value();
            const bool kept = std::ranges::any_of(events, [&](const auto& e) { return e.message == id; });
            BOOST_TEST(kept == told_kept);
            BOOST_TEST(l->health().held.empty(), l->health().held);
            found += kept;
        }
    BOOST_TEST(found > 0); // else nothing was tried
}

BOOST_AUTO_TEST_CASE(a_commit_that_never_reached_the_log_stays_out_of_it)
{
    open();
    int writes = 0;
    disk.refuse = [&](disk_op what, const std::string& file) {
        return ill && what == disk_op::write && file == "ulak.db-wal" && writes++ == 0 ? SQLITE_IOERR_WRITE : SQLITE_OK;
    };
    ill = true;
    BOOST_TEST(outcome(moved("e1", effect_state::accepted, "71")) == "unavailable");
    ill = false;
    BOOST_TEST(state_of_e1() == effect_state::dispatched);
    l.reset();
    l = open_sqlite(io.get_executor(), folder.path).value();
    BOOST_TEST(state_of_e1() == effect_state::dispatched);
}

BOOST_AUTO_TEST_CASE(every_single_refusal_of_the_disk_is_survived)
{
    struct {
        const char* what;
        disk_op op;
        int code;
    } const rows[] = {
        {"write, full", disk_op::write, SQLITE_FULL}, {"write, broken", disk_op::write, SQLITE_IOERR_WRITE},
        {"sync", disk_op::sync, SQLITE_IOERR_FSYNC},  {"truncate", disk_op::truncate, SQLITE_IOERR_TRUNCATE},
        {"open", disk_op::open, SQLITE_CANTOPEN},     {"remove", disk_op::remove, SQLITE_IOERR_DELETE}};
    constexpr int most = 60; // more than the little work below asks for
    for (const auto& row : rows)
        for (int n = 0; n < most; ++n)
            BOOST_TEST_CONTEXT(row.what << " " << n)
            {
                temporary_folder house;
                int asked = 0;
                disk.refuse = [&](disk_op what, const std::string&) {
                    return what == row.op && asked++ == n ? row.code : SQLITE_OK;
                };
                std::vector<std::string> promised;
                {
                    auto made = open_sqlite(io.get_executor(), house.path);
                    for (int k = 0; made && k < 6; ++k) {
                        const auto id = "R" + std::to_string(k);
                        if (run((*made)->commit(all(a_run(id), an_event(id)))))
                            promised.push_back(id);
                    }
                }
                const bool struck = asked > n;
                disk.refuse = nullptr;
                const auto again = open_sqlite(io.get_executor(), house.path);
                BOOST_REQUIRE_MESSAGE(again, (again ? "" : again.error().message));
                BOOST_TEST((*again)->health().healthy(), (*again)->health().held + (*again)->health().blocked);
                std::vector<std::string> found;
                for (const auto& e : run((*again)->events_after(0, 100)).value())
                    found.push_back(e.message);
                BOOST_TEST(found == promised, boost::test_tools::per_element());
                if (!struck)
                    break;
            }
}

BOOST_AUTO_TEST_SUITE_END()
