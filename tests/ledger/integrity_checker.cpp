// Damage that no start reads: found beside the work, and nothing costly is begun any more.
#include "ledger/detail/database.hpp"
#include "ledger/samples.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ledger/temporary.hpp"

#include <csignal>
#include <fstream>
#include <map>

#include <sys/wait.h>
#include <unistd.h>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

constexpr int pages = 4096; ///< bytes of one

struct examining_fixture : loop_fixture {
    ~examining_fixture()
    {
        l.reset();
        settle(); // what is still to be told is told while somebody listens
    }

    result<void> open()
    {
        auto made = open_sqlite(io.get_executor(), folder.path, [this](const store_health& s) { told.push_back(s); });
        if (!made)
            return made.error();
        l = *std::move(made);
        return {};
    }
    template<class... Change>
    std::string outcome(Change... c)
    {
        return verdict(run(l->commit(all(std::move(c)...))));
    }
    /// A store of more megabytes than are checked at a start, closed.
    void grow()
    {
        BOOST_REQUIRE(open());
        for (int n = 0; n < 80; ++n) {
            auto big = a_run("R" + std::to_string(n));
            big.run.definition = std::string(80'000, 'x');
            BOOST_REQUIRE(outcome(big, an_event("one"), an_event("two")) == "ok");
        }
        BOOST_REQUIRE(outcome(a_run("R"), an_effect("e1", "R", "s"), moved("e1", effect_state::dispatched)) == "ok");
        l.reset();
        auto raw = database::open(file).value();
        auto keep = [this](const row& r) { roots[r.text(0)] = r.integer(1); };
        BOOST_REQUIRE(raw.for_each_row("SELECT name,rootpage FROM sqlite_schema", keep));
    }
    void spoil(const char* table)
    {
        std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
        f.seekp((roots.at(table) - 1) * pages);
        f << std::string(pages, '\xa5');
    }
    std::optional<std::string> setting(const std::string& name)
    {
        for (const auto& [found, value] : run(l->settings(name)).value())
            if (found == name)
                return value;
        return std::nullopt;
    }
    /// The examiner is at work on a thread of its own.
    void wait_until(const std::function<bool()>& there)
    {
        for (int turn = 0; turn < 20'000 && !there(); ++turn) {
            io.restart();
            const auto guard = boost::asio::make_work_guard(io);
            io.run_one_for(std::chrono::milliseconds(1));
        }
        BOOST_TEST(there());
    }

    temporary_folder folder;
    std::string file = folder / "ulak.db";
    std::unique_ptr<any_ledger> l;
    std::vector<store_health> told{};
    std::map<std::string, std::int64_t> roots{};
};

/// In a child: opens, pretends that the machine was another one, commits, and is killed.
void die_on_another_machine(const std::string& state)
{
    const auto child = ::fork();
    if (child == 0) {
        boost::asio::io_context io{1};
        auto l = open_sqlite(io.get_executor(), state);
        auto work = [](any_ledger& store) -> task<> {
            auto changes = all(put_setting{"store:boot", "another"});
            (void)co_await store.commit(std::move(changes));
        };
        if (l)
            boost::asio::co_spawn(io, work(**l), [](std::exception_ptr) {});
        io.run();
        ::raise(SIGKILL);
    }
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_REQUIRE(WIFSIGNALED(status));
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(integrity_checker_, examining_fixture)

BOOST_AUTO_TEST_CASE(a_sound_file_is_looked_through_and_that_is_noted)
{
    grow();
    BOOST_REQUIRE(open());
    BOOST_TEST(outcome(a_run("meanwhile")) == "ok");
    wait_until([this] { return setting("store:checked").has_value(); });
    BOOST_TEST(l->health().healthy());
    l.reset();
    BOOST_REQUIRE(open());
    BOOST_TEST(outcome(a_run("after")) == "ok");
}

BOOST_AUTO_TEST_CASE(damage_that_a_start_does_not_read_stops_what_costs_money)
{
    grow();
    spoil("events");
    BOOST_REQUIRE(open());
    wait_until([this] { return !l->health().blocked.empty(); });
    BOOST_TEST(l->health().blocked.find("backup") != std::string::npos, l->health().blocked);
    BOOST_TEST(outcome(a_run("new")) == "unavailable");
    BOOST_TEST(outcome(an_effect("e2", "R2", "s")) == "unavailable");
    BOOST_TEST(outcome(moved("e1", effect_state::accepted, "71")) == "ok"); // what has happened is kept where it can be
    BOOST_TEST(outcome(a_run("new")) == "unavailable");
    settle();
    BOOST_TEST_REQUIRE(!told.empty());
    BOOST_TEST(!told.back().blocked.empty());
}

BOOST_AUTO_TEST_CASE(what_a_start_reads_is_checked_before_it)
{
    grow();
    std::filesystem::copy_file(file, file + ".kept");
    for (const char* table : {"settings", "watermarks", "attention"})
        BOOST_TEST_CONTEXT(table)
        {
            spoil(table);
            const auto opened = open();
            BOOST_REQUIRE(!opened);
            BOOST_TEST(name(opened.error().code) == "unavailable");
            BOOST_TEST(opened.error().message.find("backup") != std::string::npos, opened.error().message);
            std::filesystem::copy_file(file + ".kept", file, std::filesystem::copy_options::overwrite_existing);
        }
}

BOOST_AUTO_TEST_CASE(damage_that_a_question_meets_is_told_with_advice_and_stays)
{
    grow();
    spoil("effects");
    BOOST_REQUIRE(open());
    const auto asked = run(l->effects(effect_query()));
    BOOST_REQUIRE(!asked);
    BOOST_TEST(asked.error().message.find("backup") != std::string::npos, asked.error().message);
    BOOST_TEST(!l->health().blocked.empty());
    BOOST_TEST(outcome(a_run("new")) == "unavailable");
}

BOOST_AUTO_TEST_CASE(after_a_fall_of_the_machine_all_is_checked_before_the_start)
{
    grow();
    die_on_another_machine(folder.path);
    spoil("events");
    BOOST_REQUIRE(std::filesystem::file_size(file + "-wal") > 0);
    const auto opened = open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().message.find("backup") != std::string::npos, opened.error().message);
}

BOOST_AUTO_TEST_SUITE_END()
