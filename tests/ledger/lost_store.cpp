// A store that is deleted, emptied, moved or cut is never taken for a new one, and nothing begins without it.
#include "ledger/init_store.hpp"
#include "ledger/samples.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ledger/temporary.hpp"

#include <fstream>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
namespace fs = std::filesystem;

namespace {

struct lost_store_fixture : loop_fixture {
    ~lost_store_fixture()
    {
        l.reset();
        settle(); // what is still to be told is told while somebody listens
    }

    result<std::unique_ptr<any_ledger>> try_open(bool may_create = true)
    {
        store_opening opening;
        opening.may_create = may_create;
        if (with_mark)
            opening.marks = {mark_place{runtime, lasting}};
        return open_sqlite(io.get_executor(), state, [this](const store_health& s) { told.push_back(s); }, opening);
    }
    void open()
    {
        auto made = try_open();
        BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
        l = *std::move(made);
    }
    /// A store that has worked, and is closed.
    void live_once()
    {
        open();
        BOOST_REQUIRE(outcome(a_run("R1"), an_effect("e1", "R1", "s")) == "ok");
        l.reset();
    }
    std::string refusal(bool may_create = true)
    {
        const auto opened = try_open(may_create);
        BOOST_REQUIRE(!opened);
        BOOST_TEST(name(opened.error().code) == "not_found");
        return opened.error().message;
    }
    template<class... Change>
    std::string outcome(Change... c)
    {
        return verdict(run(l->commit(all(std::move(c)...))));
    }
    std::string blocked() const { return l->health().blocked; }
    bool blocked_by(const std::string& piece) const { return blocked().find(piece) != std::string::npos; }

    temporary_folder folder;
    std::string state = folder / "state", runtime = folder / "run", db = state + "/ulak.db";
    bool with_mark = false, lasting = false;
    std::unique_ptr<any_ledger> l;
    std::vector<store_health> told{};
};

bool says(const std::string& text, const std::string& piece)
{
    return text.find(piece) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(lost_store_, lost_store_fixture)

BOOST_AUTO_TEST_CASE(the_first_store_is_made_and_told_and_the_second_start_finds_it)
{
    open();
    BOOST_TEST(l->health().first);
    BOOST_TEST(!fs::exists(state + "/ulak.init"));
    l.reset();
    open();
    BOOST_TEST(!l->health().first);
}

BOOST_AUTO_TEST_CASE(a_folder_with_files_of_others_and_a_lock_is_as_good_as_new)
{
    fs::create_directory(state);
    std::ofstream(state + "/ulak.lock") << "1";
    std::ofstream(state + "/ulak.yaml") << "version: 1\n";
    open();
    BOOST_TEST(l->health().first);
}

BOOST_AUTO_TEST_CASE(what_is_left_of_a_lost_store_is_no_new_one)
{
    const struct {
        const char* what;
        void (*harm)(const std::string& state);
        const char* sentence;
    } table[] = {
        {"the file deleted", [](const std::string& s) { fs::remove(s + "/ulak.db"); }, "ulak.mark"},
        {"its mark deleted, too",
         [](const std::string& s) {
             fs::remove(s + "/ulak.db");
             fs::remove(s + "/ulak.mark");
         },
         "ulak.ballast beside it"},
        {"all but a log",
         [](const std::string& s) {
             for (const char* name : {"/ulak.db", "/ulak.mark", "/ulak.ballast"})
                 fs::remove(s + name);
             std::ofstream(s + "/ulak.db-wal") << "frames";
         },
         "ulak.db-wal beside it"},
        {"cut to nothing", [](const std::string& s) { fs::resize_file(s + "/ulak.db", 0); }, "is empty"},
        {"cut to nothing, without a mark",
         [](const std::string& s) {
             fs::resize_file(s + "/ulak.db", 0);
             fs::remove(s + "/ulak.mark");
             fs::remove(s + "/ulak.ballast");
         },
         "is empty"},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.what)
        {
            live_once();
            t.harm(state);
            const auto before = fs::exists(db) ? fs::file_size(db) : 0;
            const auto why = refusal();
            BOOST_TEST(says(why, t.sentence), why);
            BOOST_TEST(says(why, "ulakd --init --forget"), why);
            BOOST_TEST(says(why, "backup"), why);
            BOOST_TEST(refusal() == why); // asking changes nothing
            BOOST_TEST((fs::exists(db) ? fs::file_size(db) : 0) == before);
            fs::remove_all(state);
        }
}

BOOST_AUTO_TEST_CASE(an_emptied_or_moved_folder_is_missed_by_the_mark_elsewhere)
{
    fs::create_directory(runtime);
    with_mark = true;
    live_once();
    fs::rename(state, folder / "elsewhere");
    const auto why = refusal();
    BOOST_TEST(says(why, "it was emptied or moved, or its disk is not mounted"), why);
    BOOST_TEST(!fs::exists(state)); // or moving it back would move it into the new one
    fs::create_directory(state);
    BOOST_TEST(says(refusal(), "it was emptied"));
    fs::remove_all(state);
    fs::rename(folder / "elsewhere", state);
    open();
    BOOST_TEST(l->health().healthy());
}

BOOST_AUTO_TEST_CASE(another_store_at_a_marked_path_is_held)
{
    fs::create_directory(runtime);
    live_once(); // without a mark elsewhere
    fs::rename(state, folder / "other");
    with_mark = true;
    live_once();
    fs::rename(state, folder / "mine");
    fs::rename(folder / "other", state);
    open();
    BOOST_TEST(says(l->health().held, "is not the store that this folder held"), l->health().held);
    BOOST_TEST(outcome(a_run("R9")) == "paused");
    run(l->adopt()).value();
    l.reset();
    open();
    BOOST_TEST(l->health().healthy());
}

BOOST_AUTO_TEST_CASE(a_mark_of_the_runtime_ends_with_the_surroundings_and_a_lasting_one_does_not)
{
    for (const bool lasts : {false, true})
        BOOST_TEST_CONTEXT((lasts ? "lasting" : "runtime"))
        {
            const temporary_folder marks;
            runtime = marks.path;
            with_mark = true;
            lasting = lasts;
            fs::create_directory(folder / "rig");
            state = folder / "rig/state";
            live_once();
            // The same path in another tree, as of a test rig that was built anew.
            fs::rename(folder / "rig", folder / ("rig" + std::to_string(lasts)).c_str());
            fs::create_directory(folder / "rig");
            BOOST_TEST(try_open().has_value() == !lasts);
            fs::remove_all(folder / "rig");
        }
}

BOOST_AUTO_TEST_CASE(a_start_that_was_cut_off_is_begun_again)
{
    const struct {
        const char* what;
        bool file, mark;
    } table[] = {{"before the file", false, false}, {"with an empty file", true, false}, {"with a mark", true, true}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.what)
        {
            fs::create_directory(state);
            std::ofstream(state + "/ulak.init") << "";
            if (t.file) {
                std::ofstream(db) << "";
                fs::permissions(db, static_cast<fs::perms>(0600));
            }
            if (t.mark)
                std::ofstream(state + "/ulak.mark") << "ulak-mark 1 SOMESTORE 0\n";
            open();
            BOOST_TEST(l->health().healthy());
            BOOST_TEST(!fs::exists(state + "/ulak.init"));
            l.reset();
            fs::remove_all(state);
        }
}

BOOST_AUTO_TEST_CASE(where_none_may_be_made_the_command_is_named)
{
    BOOST_TEST(says(refusal(false), "ulakd --init"));
    BOOST_TEST(!fs::exists(state));
    BOOST_TEST(init_store(state, {}, false).value() == true);
    BOOST_TEST(try_open(false).has_value());
    BOOST_TEST(init_store(state, {}, false).value() == false); // and again: nothing to do
}

BOOST_AUTO_TEST_CASE(init_makes_no_store_for_a_lost_one_unless_it_is_to_be_forgotten)
{
    fs::create_directory(runtime);
    with_mark = true;
    store_opening opening;
    opening.marks = {mark_place{runtime, false}};
    live_once();
    BOOST_TEST(verdict(init_store(state, opening, true)) == "conflict"); // it is there
    fs::remove(db);
    std::ofstream(state + "/ulak.db-wal") << "frames";
    BOOST_TEST(verdict(init_store(state, opening, false)) == "not_found");
    BOOST_TEST(init_store(state, opening, true).value() == true);
    int kept = 0;
    for (const auto& entry : fs::directory_iterator(state))
        kept += says(entry.path().filename().string(), "ulak.db-wal.forgotten-");
    BOOST_TEST(kept == 1);
    open();
    BOOST_TEST(l->health().healthy());
    BOOST_TEST(verdict(run(l->run(run_id("R1")))) == "not_found");
    BOOST_TEST(verdict(init_store(state, opening, true)) == "conflict"); // held by this process
}

BOOST_AUTO_TEST_CASE(a_store_that_goes_away_under_its_daemon_stops_what_costs)
{
    const struct {
        const char* what;
        void (*harm)(const temporary_folder&);
        const char* sentence;
        bool comes_back;
    } table[] = {
        {"deleted", [](const temporary_folder& f) { fs::remove(f / "state/ulak.db"); }, "was deleted", false},
        {"moved", [](const temporary_folder& f) { fs::rename(f / "state/ulak.db", f / "db"); }, "was moved to", true},
        {"its folder moved", [](const temporary_folder& f) { fs::rename(f / "state", f / "moved"); }, "was moved to",
         true},
        {"replaced",
         [](const temporary_folder& f) {
             fs::copy_file(f / "state/ulak.db", f / "copy");
             fs::rename(f / "copy", f / "state/ulak.db");
         },
         "another file lies in its place", false},
        {"cut", [](const temporary_folder& f) { fs::resize_file(f / "state/ulak.db", 4096); }, "was cut", false},
        {"emptied", [](const temporary_folder& f) { fs::resize_file(f / "state/ulak.db", 0); }, "was cut", false},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.what)
        {
            open();
            BOOST_REQUIRE(outcome(a_run("R1"), an_effect("e1", "R1", "s")) == "ok");
            l.reset(); // all of it is in the file
            open();
            t.harm(folder);
            BOOST_TEST(outcome(moved("e1", effect_state::dispatched)) == "unavailable");
            BOOST_TEST(blocked_by(t.sentence), blocked());
            BOOST_TEST(outcome(a_run("R2")) == "unavailable");
            BOOST_TEST(!try_open().has_value()); // nor does another one begin beside it
            if (t.comes_back) {
                if (fs::exists(folder / "moved"))
                    fs::rename(folder / "moved", state);
                else
                    fs::rename(folder / "db", db);
                BOOST_TEST(outcome(moved("e1", effect_state::dispatched)) == "ok");
                BOOST_TEST(l->health().healthy());
            }
            l.reset();
            fs::remove_all(state);
        }
}

BOOST_AUTO_TEST_CASE(an_idle_daemon_sees_it_too)
{
    open();
    fs::rename(db, folder / "db");
    const auto guard = boost::asio::make_work_guard(io);
    io.restart();
    while (told.empty())
        io.run_one_for(std::chrono::seconds(10));
    BOOST_TEST(says(told.back().blocked, "was moved to"));
    fs::rename(folder / "db", db);
    while (!told.back().healthy())
        io.run_one_for(std::chrono::seconds(10));
}

BOOST_AUTO_TEST_CASE(a_log_that_is_taken_away_is_saved_into_the_file)
{
    for (const bool replaced : {false, true})
        BOOST_TEST_CONTEXT((replaced ? "replaced" : "deleted"))
        {
            open();
            BOOST_REQUIRE(outcome(a_run("R1"), an_effect("e1", "R1", "s")) == "ok");
            fs::remove(db + "-wal");
            if (replaced)
                std::ofstream(db + "-wal") << "another log";
            BOOST_TEST(outcome(moved("e1", effect_state::dispatched)) == "ok");
            BOOST_TEST(l->health().healthy());
            // As after a kill: the files as they lie there now.
            fs::create_directory(folder / "copy");
            fs::copy_file(db, folder / "copy/ulak.db");
            fs::copy_file(db + "-wal", folder / "copy/ulak.db-wal");
            fs::copy_file(state + "/ulak.mark", folder / "copy/ulak.mark");
            const auto copy = open_sqlite(io.get_executor(), folder / "copy").value();
            BOOST_TEST(run(copy->effects(effect_query())).value().at(0).state == effect_state::dispatched);
            l.reset();
            fs::remove_all(state);
            fs::remove_all(folder / "copy");
        }
}

BOOST_AUTO_TEST_CASE(a_log_that_is_cut_is_damage)
{
    open();
    BOOST_REQUIRE(outcome(a_run("R1"), an_effect("e1", "R1", "s")) == "ok");
    fs::resize_file(db + "-wal", 0);
    BOOST_TEST(outcome(moved("e1", effect_state::dispatched)) == "unavailable");
    BOOST_TEST(blocked_by("ulak.db-wal was cut"), blocked());
    BOOST_TEST(blocked_by("backup"), blocked());
}

BOOST_AUTO_TEST_CASE(outcomes_of_calls_that_were_made_are_still_taken)
{
    open();
    BOOST_REQUIRE(outcome(a_run("R1"), an_effect("e1", "R1", "s"), moved("e1", effect_state::dispatched)) == "ok");
    fs::rename(db, folder / "db");
    BOOST_TEST(outcome(moved("e1", effect_state::accepted, "71")) == "ok");
    fs::rename(folder / "db", db);
    l.reset();
    open();
    BOOST_TEST(run(l->effects(effect_query())).value().at(0).state == effect_state::accepted);
}

BOOST_AUTO_TEST_CASE(what_others_may_write_or_read_is_refused_with_the_command)
{
    const auto set = [](const std::string& where, int mode) { fs::permissions(where, static_cast<fs::perms>(mode)); };
    live_once();
    for (const int mode : {0777, 0702, 01777}) {
        set(state, mode);
        const auto opened = try_open();
        BOOST_REQUIRE(!opened);
        BOOST_TEST(name(opened.error().code) == "forbidden");
        BOOST_TEST(says(opened.error().message, "chmod go-w " + state), opened.error().message);
    }
    for (const int mode : {0700, 0750, 0755, 0770}) { // the group is the owner's own
        set(state, mode);
        BOOST_TEST(try_open().has_value(), mode);
    }
    set(state, 0700);
    set(db, 0666);
    BOOST_TEST(says(try_open().error().message, "chmod 600 " + db));
    set(db, 0644); // behind a closed door
    BOOST_TEST(try_open().has_value());
    set(state, 0755);
    BOOST_TEST(says(try_open().error().message, "others can read"));
}

BOOST_AUTO_TEST_CASE(a_link_is_no_store)
{
    live_once();
    fs::rename(db, folder / "db");
    fs::create_symlink(folder / "db", db);
    BOOST_TEST(verdict(try_open()) == "unsupported");
}

BOOST_AUTO_TEST_SUITE_END()
