// The process dies, the disk fills, one batch among many fails.
#include "ledger/detail/database.hpp"
#include "ledger/detail/process_work.hpp"
#include "ledger/detail/store.hpp"
#include "ledger/samples.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ledger/temporary.hpp"

#include <csignal>
#include <random>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

/// In a child: commits one run with an event at a time, says each number on the pipe once it is on disk.
[[noreturn]] void commit_for_ever(const std::string& state, int pipe, std::int64_t next)
{
    boost::asio::io_context io{1};
    auto l = open_sqlite(io.get_executor(), state);
    if (!l)
        _exit(3);
    auto work = [](any_ledger& store, int out, std::int64_t n) -> task<> {
        for (;; ++n) {
            const auto id = std::to_string(n);
            auto changes = all(a_run("R" + id), an_effect("e" + id, "R" + id, "s"),
                               moved("e" + id, effect_state::dispatched), an_event(id));
            auto done = co_await store.commit(std::move(changes));
            if (!done || ::write(out, &n, sizeof(n)) != sizeof(n))
                _exit(4);
        }
    };
    boost::asio::co_spawn(io, work(**l, pipe, next), [](std::exception_ptr) { _exit(5); });
    io.run();
    _exit(6);
}

/// The last number that the child said before it was killed.
std::int64_t run_and_kill(const std::string& state, std::int64_t next, int commits)
{
    int ends[2];
    BOOST_REQUIRE(::pipe(ends) == 0);
    const auto child = ::fork();
    if (child == 0)
        commit_for_ever(state, ends[1], next);
    ::close(ends[1]);
    std::int64_t said = next - 1, n = 0;
    for (int i = 0; i < commits && ::read(ends[0], &n, sizeof(n)) == sizeof(n); ++i)
        said = n;
    ::kill(child, SIGKILL);
    while (::read(ends[0], &n, sizeof(n)) == sizeof(n))
        said = n;
    ::close(ends[0]);
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_REQUIRE(WIFSIGNALED(status));
    return said;
}

/// Signals and limits as they were.
struct small_files {
    explicit small_files(rlim_t most)
    {
        ::getrlimit(RLIMIT_FSIZE, &before);
        signal_before = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit now = {most, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~small_files()
    {
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, signal_before);
    }
    small_files(const small_files&) = delete;
    small_files& operator=(const small_files&) = delete;
    rlimit before = {};
    void (*signal_before)(int) = nullptr;
};

/// In no file of the folder, however deep in a page that was freed.
void require_absent(const std::string& folder, const std::string& secret)
{
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::string bytes(std::filesystem::file_size(entry.path()), '\0');
        auto* f = std::fopen(entry.path().c_str(), "rb");
        BOOST_REQUIRE(f != nullptr);
        BOOST_TEST(std::fread(bytes.data(), 1, bytes.size(), f) == bytes.size());
        std::fclose(f);
        BOOST_TEST(bytes.find(secret) == std::string::npos, entry.path());
    }
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(disaster_, loop_fixture)

BOOST_AUTO_TEST_CASE(a_killed_process_leaves_all_that_it_was_told_and_nothing_by_halves)
{
    constexpr int kills = 25;
    constexpr unsigned seed = 20261122;
    temporary_folder folder;
    std::minstd_rand random(seed);
    std::int64_t told = 0;
    for (int k = 0; k < kills; ++k)
        BOOST_TEST_CONTEXT("kill " << k << ", seed " << seed)
        {
            const auto next = told + 1;
            told = std::max(told, run_and_kill(folder.path, next, static_cast<int>(random() % 12)));
            const auto l = open_sqlite(io.get_executor(), folder.path); // with its quick_check
            BOOST_REQUIRE_MESSAGE(l, (l ? "" : l.error().message));
            const auto events = run((*l)->events_after(0, 100'000)).value();
            const auto effects = run((*l)->effects(effect_query())).value();
            // One commit may have reached the disk without being told.
            BOOST_REQUIRE(static_cast<std::int64_t>(events.size()) >= told);
            BOOST_REQUIRE(static_cast<std::int64_t>(events.size()) <= told + 1);
            BOOST_REQUIRE(effects.size() == events.size());
            for (std::size_t i = 0; i < events.size(); ++i) {
                BOOST_REQUIRE(events[i].message == std::to_string(i + 1));
                BOOST_REQUIRE(effects[i].id.text() == "e" + events[i].message);
                BOOST_REQUIRE(effects[i].state == effect_state::dispatched);
            }
            told = static_cast<std::int64_t>(events.size());
        }
    BOOST_TEST(told > kills);
    auto raw = database::open(folder / "ulak.db").value();
    BOOST_TEST(raw.query_text("PRAGMA integrity_check").value().value() == "ok");
    BOOST_TEST(raw.query_integer("SELECT count(*) FROM effect_history").value().value() == 3 * told - told);
}

BOOST_AUTO_TEST_CASE(a_failing_batch_falls_alone)
{
    auto s = store::open(":memory:").value();
    std::vector<batch> group;
    group.push_back(all(a_run("R1", "k")));
    group.push_back(all(an_event("lost"), a_run("R2", "k")));
    group.push_back(all(a_run("R3"), an_event("kept")));
    group.push_back(all(moved("e9", effect_state::dispatched)));
    group.push_back(all(an_effect("e1", "R1", "s")));
    const auto outcomes = s.commit(together(group));
    std::string verdicts;
    for (const auto& o : outcomes)
        verdicts += verdict(o) + " ";
    BOOST_TEST(verdicts == "ok conflict ok not_found ok ");
    const auto receipt = make_receipt(group[2], outcomes[2]);
    BOOST_TEST(receipt.value().events.at(0).message == "kept");
    BOOST_TEST(receipt.value().events.at(0).seq == 1);
    const auto left = s.read([](database& db) { return db.query_text("SELECT group_concat(id) FROM runs"); });
    BOOST_TEST(left.value().value() == "R1,R3");
    const auto told = s.read([](database& db) { return db.query_integer("SELECT count(*) FROM events"); });
    BOOST_TEST(told.value().value() == 1);
}

BOOST_AUTO_TEST_CASE(many_waiters_share_commits_and_each_learns_its_own_outcome)
{
    temporary_folder folder;
    const auto l = open_sqlite(io.get_executor(), folder.path).value();
    std::string outcomes(1200, '?');
    auto keep = [](any_ledger& store, int n, char& out) -> task<> {
        // Every seventh wants a key that another one has.
        const auto key = n % 7 == 0 ? std::string("shared") : std::string();
        auto changes = all(a_run("R" + std::to_string(10'000 + n), key));
        auto done = co_await store.commit(std::move(changes));
        out = done ? 'k' : 'c';
    };
    auto everyone = [&]() -> task<> {
        auto ex = co_await boost::asio::this_coro::executor;
        async::task_group group(ex);
        for (int n = 0; n < 1200; ++n)
            group.spawn("keep", keep(*l, n, outcomes[static_cast<std::size_t>(n)]));
        co_await group.join();
    };
    run(everyone());
    BOOST_TEST(std::ranges::count(outcomes, 'c') == 171); // 172 multiples of seven, one of which came first
    BOOST_TEST(std::ranges::count(outcomes, 'k') == 1029);
}

BOOST_AUTO_TEST_CASE(a_full_disk_fails_the_commit_and_the_store_comes_back)
{
    temporary_folder folder;
    const auto l = open_sqlite(io.get_executor(), folder.path).value();
    BOOST_REQUIRE(run(l->commit(all(a_run("R0")))));
    auto big = a_run("R1");
    big.run.definition = std::string(400'000, 'x');
    {
        const small_files limit(200'000);
        const auto refused = run(l->commit(all(big)));
        BOOST_REQUIRE(!refused);
        BOOST_TEST(name(refused.error().code) == "unavailable");
        BOOST_TEST(verdict(run(l->run(run_id("R1")))) == "not_found");
        BOOST_TEST(verdict(run(l->run(run_id("R0")))) == "ok");
        BOOST_TEST(verdict(run(l->commit(all(big)))) == "unavailable");
    }
    BOOST_TEST(verdict(run(l->commit(all(big)))) == "ok");
    BOOST_TEST(run(l->run(run_id("R1"))).value().definition.size() == 400'000u);
}

BOOST_AUTO_TEST_CASE(a_purge_leaves_no_code_in_the_files)
{
    temporary_folder folder;
    const std::string code = "928374650192";
    {
        const auto l = open_sqlite(io.get_executor(), folder.path).value();
        auto r = a_run("R1");
        r.run.state = run_state::succeeded;
        r.run.finished_at = noon;
        r.run.result = R"({"code":")" + code + R"("})";
        BOOST_REQUIRE(run(l->commit(all(r))));
        purge p;
        p.codes_before = noon + std::chrono::hours(1);
        p.secrets = {result_keys{r.run.kind, {"code"}}};
        BOOST_REQUIRE(run(l->commit(all(p))));
        // The next commit is answered after the log of the purge was cut.
        BOOST_REQUIRE(run(l->commit(all(an_event("after")))));
        require_absent(folder.path, code);
    }
}

BOOST_AUTO_TEST_CASE(a_purge_leaves_nothing_of_people_in_the_files)
{
    temporary_folder folder;
    const std::string name = "Kanarya Yilmaz";
    {
        const auto l = open_sqlite(io.get_executor(), folder.path).value();
        auto r = a_run("R1");
        r.run.state = run_state::succeeded;
        r.run.finished_at = noon;
        r.run.definition = r.run.params = r.run.progress = r.run.error_message = name;
        add_items list;
        list.run = run_id("R1");
        list.items.emplace_back();
        list.items[0].text = list.items[0].reason = list.items[0].phone = name;
        auto answered = moved("e1", effect_state::accepted, "77");
        answered.evidence = name;
        BOOST_REQUIRE(run(l->commit(all(r, list, an_effect("e1", "R1", "s"), moved("e1", effect_state::dispatched),
                                        answered, an_event(name)))));
        purge p;
        p.items_before = noon + std::chrono::hours(1);
        BOOST_REQUIRE(run(l->commit(all(p))));
        BOOST_REQUIRE(run(l->commit(all(an_event("after")))));
        require_absent(folder.path, name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
