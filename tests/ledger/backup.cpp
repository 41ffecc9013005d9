// Copies of a store that is in use, and checks of all that it holds.
#include "ledger/detail/database.hpp"
#include "ledger/older_schema.hpp"
#include "ledger/samples.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ledger/temporary.hpp"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

struct backup_fixture : loop_fixture {
    backup_fixture() { open(); }

    void open()
    {
        auto made = open_sqlite(io.get_executor(), state);
        BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
        l = *std::move(made);
    }
    template<class... Change>
    void commit(Change... c)
    {
        BOOST_REQUIRE(run(l->commit(all(std::move(c)...))));
    }
    result<std::int64_t> backup(const std::string& to) { return run(l->backup(to)); }
    static add_items long_texts(int first, int n)
    {
        add_items more{run_id("R1"), {}};
        for (int i = first; i < first + n; ++i) {
            item_record r;
            r.position = i;
            r.phone = std::to_string(5550000000LL + i);
            r.text = std::string(200, 'x');
            more.items.push_back(std::move(r));
        }
        return more;
    }
    static add_items three_numbers() { return long_texts(0, 3); }
    void change_file(const std::string& sql)
    {
        l.reset();
        settle();
        auto db = database::open_existing(state + "/ulak.db");
        BOOST_REQUIRE(db);
        BOOST_REQUIRE(db->execute_script(sql.c_str()));
    }

    temporary_folder folder;
    std::string state = folder / "state", copy = folder / "copy.db";
    std::unique_ptr<any_ledger> l;
};

std::int64_t count_runs(const std::string& file)
{
    auto db = database::open_immutable(file);
    BOOST_REQUIRE(db);
    return db->query_integer("SELECT count(*) FROM runs").value().value();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(backup_, backup_fixture)

BOOST_AUTO_TEST_CASE(a_backup_is_one_whole_private_file)
{
    commit(a_run("R1"), an_effect("e1", "R1", "buy"));
    const auto size = backup(copy);
    BOOST_REQUIRE_MESSAGE(size, (size ? "" : size.error().message));
    BOOST_TEST(*size == static_cast<std::int64_t>(std::filesystem::file_size(copy)));
    BOOST_TEST(count_runs(copy) == 1);
    struct stat seen = {};
    BOOST_TEST(::stat(copy.c_str(), &seen) == 0);
    BOOST_TEST((seen.st_mode & 0777) == 0600u);
    for (const char* rest : {".part", "-wal", "-shm", "-journal", ".part-journal"})
        BOOST_TEST(!std::filesystem::exists(copy + rest), rest);
}

BOOST_AUTO_TEST_CASE(commits_go_on_while_a_backup_is_made_and_are_in_it)
{
    commit(a_run("R1"));
    for (int i = 0; i < 20; ++i) // some MiB: several pieces
        commit(long_texts(i * 500, 500));
    std::optional<result<std::int64_t>> made;
    auto work = [](any_ledger& from, std::string to, std::optional<result<std::int64_t>>& end) -> task<> {
        end = co_await from.backup(std::move(to));
    };
    start(work(*l, copy, made));
    int runs = 1;
    for (; !made && runs < 500; ++runs)
        commit(a_run("R" + std::to_string(runs + 1)));
    BOOST_TEST_REQUIRE(made.has_value());
    BOOST_TEST_REQUIRE(made->has_value());
    BOOST_TEST(count_runs(copy) > 1);
    BOOST_TEST(count_runs(copy) <= runs);
}

BOOST_AUTO_TEST_CASE(a_backup_never_replaces_a_file_and_says_what_is_wrong_with_a_name)
{
    commit(a_run("R1"));
    std::ofstream(copy) << "a letter to my mother";
    BOOST_TEST(backup(copy).error().message.find("is there already") != std::string::npos);
    BOOST_TEST((backup("copy.db").error().code == errc::invalid_argument));
    const auto nowhere = backup(folder / "no/copy.db");
    BOOST_TEST_REQUIRE(!nowhere.has_value());
    BOOST_TEST(nowhere.error().message.find("No such file") != std::string::npos, nowhere.error().message);
    std::filesystem::remove(copy);
    std::filesystem::create_symlink(folder / "elsewhere", copy);
    BOOST_TEST((backup(copy).error().code == errc::invalid_argument));
    BOOST_TEST(!std::filesystem::exists(folder / "elsewhere"));
    std::filesystem::remove(copy);
    BOOST_TEST(backup(copy).has_value()); // the store took no harm
}

BOOST_AUTO_TEST_CASE(a_backup_in_place_of_the_store_is_held_until_a_person_adopts_it)
{
    commit(a_run("R1"));
    BOOST_TEST_REQUIRE(backup(copy).has_value());
    commit(a_run("R2"));
    l.reset();
    settle();
    std::filesystem::remove(state + "/ulak.db");
    std::filesystem::rename(copy, state + "/ulak.db");
    open();
    BOOST_TEST(!l->health().held.empty());
    BOOST_TEST_REQUIRE(run(l->adopt()).has_value());
    commit(a_run("R3"));
}

BOOST_AUTO_TEST_CASE(a_check_tells_a_sound_store_from_one_whose_totals_are_wrong)
{
    commit(a_run("R1"), three_numbers(), an_effect("e1", "R1", "buy"));
    BOOST_TEST(run(l->verify()).value() == "ok");
    change_file("UPDATE spend_sums SET open=open+1");
    open();
    const auto found = run(l->verify()).value();
    BOOST_TEST(found.find("spend_sums") != std::string::npos, found);
    change_file("UPDATE spend_sums SET open=open-1;UPDATE item_totals SET items=items-1");
    open();
    BOOST_TEST(run(l->verify()).value().find("more items") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_store_is_copied_before_its_schema_changes)
{
    commit(a_run("R1"));
    change_file(undo_schema_to(5));
    open();
    const auto kept = state + "/ulak.db.schema-5";
    BOOST_TEST_REQUIRE(std::filesystem::exists(kept));
    auto old = database::open_immutable(kept);
    BOOST_REQUIRE(old);
    BOOST_TEST(old->query_integer("PRAGMA user_version").value().value() == 5);
    BOOST_TEST(count_runs(kept) == 1);

    // A month later it is gone with what it held of people.
    std::filesystem::last_write_time(kept, std::filesystem::file_time_type::clock::now() - std::chrono::hours(31 * 24));
    l.reset();
    settle();
    open();
    BOOST_TEST(!std::filesystem::exists(kept));
}

BOOST_AUTO_TEST_CASE(without_the_copy_no_schema_is_changed)
{
    commit(a_run("R1"));
    change_file(undo_schema_to(5));
    std::filesystem::create_directory(state + "/ulak.db.schema-5");
    const auto refused = open_sqlite(io.get_executor(), state);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().message.find("schema-5") != std::string::npos, refused.error().message);
    auto old = database::open_immutable(state + "/ulak.db");
    BOOST_REQUIRE(old);
    BOOST_TEST(old->query_integer("PRAGMA user_version").value().value() == 5);
}

BOOST_AUTO_TEST_SUITE_END()
