#include "ledger/detail/database.hpp"
#include "ledger/samples.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ledger/temporary.hpp"

#include <fstream>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

struct opening_fixture : loop_fixture {
    result<std::unique_ptr<any_ledger>> open(const std::string& where) { return open_sqlite(io.get_executor(), where); }
    std::unique_ptr<any_ledger> must_open()
    {
        auto made = open(state);
        BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
        return *std::move(made);
    }
    template<class... Change>
    result<receipt> commit(any_ledger& l, Change... c)
    {
        return run(l.commit(all(std::move(c)...)));
    }

    temporary_folder folder;
    std::string state = folder / "state";
    std::string file = state + "/ulak.db";
};

unsigned mode_of(const std::string& path)
{
    struct stat seen = {};
    BOOST_REQUIRE(::stat(path.c_str(), &seen) == 0);
    return seen.st_mode & 0777;
}

/// A process that holds the folder's lock, and gives it back a moment after this returned.
pid_t short_holder(const std::string& lock)
{
    constexpr int moment = 100; // ms
    int ready[2] = {};
    BOOST_REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const int fd = ::open(lock.c_str(), O_RDWR);
        const bool held = fd >= 0 && ::flock(fd, LOCK_EX) == 0 && ::write(ready[1], "x", 1) == 1;
        ::poll(nullptr, 0, moment);
        ::_exit(held ? 0 : 1);
    }
    char one = 0;
    BOOST_TEST(::read(ready[0], &one, 1) == 1);
    ::close(ready[0]);
    ::close(ready[1]);
    return child;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(opening_, opening_fixture)

BOOST_AUTO_TEST_CASE(a_new_folder_and_its_files_are_private)
{
    const auto l = must_open();
    BOOST_REQUIRE(commit(*l, a_run("R1")));
    BOOST_TEST(mode_of(state) == 0700u);
    BOOST_TEST(mode_of(file) == 0600u);
    BOOST_TEST(mode_of(file + "-wal") == 0600u);
    BOOST_TEST(mode_of(state + "/ulak.lock") == 0600u);
    BOOST_TEST(!std::filesystem::exists(file + "-shm"));
}

BOOST_AUTO_TEST_CASE(what_a_killed_daemon_left_behind_holds_the_lock_for_a_moment_only)
{
    must_open();
    const auto child = short_holder(state + "/ulak.lock");
    const auto l = must_open();
    int status = -1;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(what_was_committed_is_there_after_opening_again)
{
    std::int64_t last = 0;
    {
        const auto l = must_open();
        BOOST_REQUIRE(commit(*l, a_run("R1"), an_effect("e1", "R1", "s"), moved("e1", effect_state::dispatched)));
        last = commit(*l, an_event("one")).value().events[0].seq;
    }
    const auto l = must_open();
    BOOST_TEST(verdict(run(l->run(run_id("R1")))) == "ok");
    BOOST_TEST(run(l->effects(effect_query())).value().at(0).state == effect_state::dispatched);
    BOOST_TEST(run(l->events_after(0, 9)).value().at(0).seq == last);
    BOOST_TEST(commit(*l, an_event("two")).value().events[0].seq > last);
}

BOOST_AUTO_TEST_CASE(what_is_queued_is_finished_before_the_store_closes)
{
    auto l = must_open();
    int told = 0;
    auto keep = [](any_ledger& store, int n, int& count) -> task<> {
        auto done = co_await store.commit(all(a_run("R" + std::to_string(n))));
        count += done.has_value();
    };
    for (int n = 0; n < 50; ++n)
        start(keep(*l, n, told));
    l.reset();
    settle();
    BOOST_TEST(told == 50);
    l = must_open();
    run_query q;
    q.limit = 100;
    BOOST_TEST(run(l->runs(q)).value().size() == 50u);
}

BOOST_AUTO_TEST_CASE(a_second_opener_is_told_who_holds_the_folder)
{
    auto first = must_open();
    const auto second = open(state);
    BOOST_REQUIRE(!second);
    BOOST_TEST(name(second.error().code) == "conflict");
    BOOST_TEST(second.error().message.find("process " + std::to_string(::getpid())) != std::string::npos);
    first.reset();
    BOOST_TEST(open(state).has_value());
}

BOOST_AUTO_TEST_CASE(a_newer_schema_is_left_alone)
{
    must_open().reset();
    {
        auto raw = database::open(file).value();
        BOOST_REQUIRE(raw.execute_script("PRAGMA user_version=99"));
    }
    const auto opened = open(state);
    BOOST_REQUIRE(!opened);
    BOOST_TEST(name(opened.error().code) == "unsupported");
    BOOST_TEST(opened.error().message.find("schema 99") != std::string::npos);
    auto raw = database::open(file).value();
    BOOST_TEST(raw.query_integer("PRAGMA user_version").value().value() == 99);
}

BOOST_AUTO_TEST_CASE(an_older_file_is_brought_up_to_date_and_keeps_what_it_holds)
{
    BOOST_REQUIRE(commit(*must_open(), a_run("R1"), an_effect("e1", "R1", "s"), moved("e1", effect_state::dispatched),
                         moved("e1", effect_state::accepted, "100")));
    const auto make_older = [this] {
        auto raw = database::open(file).value();
        BOOST_REQUIRE(raw.execute_script(
            "DROP TABLE purged_keys;DROP TRIGGER runs_leave_their_key;"
            "DROP INDEX effects_with_evidence;DROP INDEX attention_with_evidence;DROP INDEX notices_with_body;"
            "DROP TRIGGER effects_keep_evidence;"
            "DROP INDEX runs_with_text;DROP INDEX effects_lately;ALTER TABLE effects DROP COLUMN last_at;"
            "PRAGMA user_version=1"));
    };
    make_older();
    effect_query lately;
    lately.account = "tamonay";
    lately.since = noon;
    {
        const auto l = must_open();
        BOOST_TEST(run(l->effects(lately)).value().size() == 1u);
        lately.since = noon + std::chrono::milliseconds(1);
        BOOST_TEST(run(l->effects(lately)).value().empty());
    }
    make_older();
    {
        // A step that fails undoes the others with it.
        auto raw = database::open(file).value();
        BOOST_REQUIRE(raw.execute_script("CREATE TABLE effects_lately(x)"));
    }
    BOOST_TEST(!open(state).has_value());
    auto raw = database::open(file).value();
    BOOST_TEST(raw.query_integer("PRAGMA user_version").value().value() == 1);
    BOOST_TEST(
        raw.query_integer("SELECT count(*) FROM pragma_table_xinfo('effects') WHERE name='last_at'").value().value() ==
        0);
}

BOOST_AUTO_TEST_CASE(a_file_of_another_program_is_left_alone)
{
    must_open().reset();
    {
        auto raw = database::open(file).value();
        BOOST_REQUIRE(raw.execute_script("PRAGMA application_id=1;PRAGMA user_version=0"));
    }
    BOOST_TEST(verdict(open(state)) == "unsupported");
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_used_is_refused)
{
    std::ofstream(folder / "plain") << "not a folder";
    for (const auto& where : {folder / "plain", folder / "plain/state", folder / "missing/state"})
        BOOST_TEST_CONTEXT(where)
        {
            const auto opened = open(where);
            BOOST_REQUIRE(!opened);
            BOOST_TEST(name(opened.error().code) == "unavailable");
            BOOST_TEST(opened.error().message.find(where) != std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_refused_with_advice)
{
    {
        const auto l = must_open();
        for (int n = 0; n < 200; ++n)
            BOOST_REQUIRE(commit(*l, a_run("R" + std::to_string(n), "key:" + std::to_string(n))));
    }
    const auto size = std::filesystem::file_size(file);
    struct {
        const char* what;
        std::uintmax_t first, count;
    } const rows[] = {{"the header", 0, 64}, {"the pages behind the first", 4096, size - 4096}};
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            std::filesystem::copy_file(file, file + ".kept");
            {
                std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
                f.seekp(static_cast<std::streamoff>(row.first));
                f << std::string(row.count, '\xa5');
            }
            const auto opened = open(state);
            BOOST_REQUIRE(!opened);
            BOOST_TEST(name(opened.error().code) == "unavailable");
            BOOST_TEST(opened.error().message.find("backup") != std::string::npos, opened.error().message);
            std::filesystem::rename(file + ".kept", file);
        }
    BOOST_TEST(open(state).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
