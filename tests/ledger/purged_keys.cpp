#include "ledger/detail/purged_keys.hpp"

#include "ledger/detail/retention.hpp"
#include "ledger/older_schema.hpp"
#include "ledger/tables.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

struct purged_keys_fixture : tables_fixture {
    /// A run with this key that ended at noon.
    void ended_run(const std::string& id, const std::string& key)
    {
        auto c = a_run(id, key);
        c.run.state = run_state::succeeded;
        c.run.finished_at = noon;
        BOOST_REQUIRE(runs_table(db).create(c));
    }
    bool purge(std::int64_t limit = purge_slice)
    {
        batch_result made;
        ulak::ledger::purge p;
        p.runs_before = noon + 1h;
        p.limit = limit;
        const auto done = retention(db, made).purge(p);
        BOOST_REQUIRE_MESSAGE(done, (done ? "" : done.error().message));
        return made.more_to_purge;
    }
    std::string found(const std::string& key) { return verdict(runs_table(db).find_by_key(key)); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(purged_keys_, purged_keys_fixture)

BOOST_AUTO_TEST_CASE(a_key_is_used_for_good_also_when_its_run_is_purged)
{
    ended_run("R2", "key:otp:k1");
    BOOST_TEST(found("key:otp:k1") == "ok");
    purge();
    BOOST_TEST(number("SELECT count(*) FROM runs WHERE id='R2'") == 0);
    BOOST_TEST(found("key:otp:k1") == "gone");
    BOOST_TEST(found("key:otp:k2") == "ok");
    const auto again = runs_table(db).create(a_run("R3", "key:otp:k1"));
    BOOST_REQUIRE(!again);
    BOOST_TEST(name(again.error().code) == "gone");
    BOOST_TEST(again.error().message.find("run R2 of 2026-11-22T12:00:00") != std::string::npos);
    BOOST_TEST(verdict(runs_table(db).create(a_run("R3", "key:otp:k2"))) == "ok");
}

BOOST_AUTO_TEST_CASE(the_key_itself_which_may_name_people_is_not_kept)
{
    ended_run("R2", "key:otp:5551112233");
    purge();
    BOOST_TEST(text("SELECT digest FROM purged_keys").size() == 64u);
    BOOST_TEST(text("SELECT digest||run FROM purged_keys").find("5551112233") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(slices_keep_the_key_of_every_run_that_they_delete)
{
    for (int i = 10; i < 30; ++i)
        ended_run("S" + std::to_string(i), i % 3 == 0 ? "" : "key:otp:k" + std::to_string(i));
    while (purge(3)) {
    }
    BOOST_TEST(number("SELECT count(*) FROM runs WHERE id LIKE 'S%'") == 0);
    for (int i = 10; i < 30; ++i)
        BOOST_TEST(found("key:otp:k" + std::to_string(i)) == (i % 3 == 0 ? "ok" : "gone"), i);
}

BOOST_AUTO_TEST_CASE(the_moments_of_a_schedule_are_left_to_its_watermark)
{
    ended_run("R2", "schedule:job:every 1m:1");
    purge();
    BOOST_TEST(number("SELECT count(*) FROM runs WHERE id='R2'") == 0);
    BOOST_TEST(number("SELECT count(*) FROM purged_keys") == 0);
}

BOOST_AUTO_TEST_CASE(the_store_itself_refuses_to_forget_a_key)
{
    ended_run("R2", "key:otp:k1");
    BOOST_TEST(verdict(db.execute("DELETE FROM runs WHERE id='R2'")) == "conflict");
    purge();
    BOOST_TEST(verdict(db.execute("DELETE FROM purged_keys")) == "conflict");
}

BOOST_AUTO_TEST_CASE(a_store_of_version_6_loses_what_notices_added_to_a_run)
{
    BOOST_REQUIRE(runs_table(db).create(a_run("R2", "key:otp:old")));
    effects_table effects(db);
    auto notice = an_effect("n1", "R2", "notice/x/1", 1, "3");
    notice.effect.expected.unit = "credits";
    BOOST_REQUIRE(effects.book(notice));
    BOOST_REQUIRE(effects.book(an_effect("e1", "R2", "number/1", 1, "8.00")));
    for (const char* id : {"n1", "e1"}) {
        BOOST_REQUIRE(effects.move(moved(id, effect_state::dispatched)));
        BOOST_REQUIRE(effects.move(moved(id, effect_state::accepted, std::string("ref-") + id)));
    }
    // As version 6 has it: the unit of the first effect of any kind.
    BOOST_REQUIRE(db.execute_script("UPDATE runs SET spent=3000000,spent_unit='credits' WHERE id='R2';"
                                    "PRAGMA application_id=0x554c414b"));
    BOOST_REQUIRE(db.execute_script(undo_schema_to(6).c_str()));
    BOOST_REQUIRE(migrate(db));
    BOOST_TEST(text("SELECT spent||spent_unit FROM runs WHERE id='R2'") == "8000000TRY");
    BOOST_TEST(found("key:otp:old") == "ok");
}

BOOST_AUTO_TEST_SUITE_END()
