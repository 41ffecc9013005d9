#include "ledger/tables.hpp"

#include "ledger/detail/attention_table.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

BOOST_FIXTURE_TEST_SUITE(runs_table_, tables_fixture)

BOOST_AUTO_TEST_CASE(a_unique_key_belongs_to_one_run)
{
    runs_table runs(db);
    BOOST_REQUIRE(runs.create(a_run("R2", "key:a")));
    const auto second = runs.create(a_run("R3", "key:a"));
    BOOST_REQUIRE(!second);
    BOOST_TEST(name(second.error().code) == "conflict");
    BOOST_TEST(second.error().message == "run R2 already has the key key:a");
    BOOST_TEST(verdict(runs.create(a_run("R1"))) == "conflict");
    BOOST_TEST(number("SELECT count(*) FROM runs") == 2);
}

BOOST_AUTO_TEST_CASE(a_run_is_found_by_id_and_by_key)
{
    runs_table runs(db);
    BOOST_REQUIRE(runs.create(a_run("R2", "key:a")));
    BOOST_TEST(runs.find(run_id("R2")).value().unique_key == "key:a");
    BOOST_TEST(runs.find_by_key("key:a").value()->id.text() == "R2");
    BOOST_TEST(!runs.find_by_key("key:b").value().has_value());
    BOOST_TEST(!runs.find_by_key("").value().has_value());
    for (auto id : {"R9", ""}) {
        BOOST_TEST(verdict(runs.find(run_id(id))) == "not_found");
        BOOST_TEST(verdict(runs.require(run_id(id))) == "not_found");
        BOOST_TEST(verdict(runs.key_of(run_id(id))) == "not_found");
    }
    BOOST_TEST(verdict(runs.require(run_id("R2"))) == "ok");
    BOOST_TEST(runs.key_of(run_id("R2")).value() == number("SELECT key FROM runs WHERE id='R2'"));
}

BOOST_AUTO_TEST_CASE(a_state_may_follow_or_not_with_and_without_an_open_entry)
{
    using enum run_state;
    const struct {
        run_state from, to;
        bool open_entry;
        const char* outcome;
    } table[] = {
        {queued, running, false, "ok"},           {running, paused, false, "ok"},
        {running, succeeded, false, "ok"},        {succeeded, running, false, "conflict"},
        {failed, succeeded, false, "conflict"},   {cancelled, cancelled, false, "ok"},
        {attention, succeeded, false, "ok"},      {attention, failed, false, "ok"},
        {attention, succeeded, true, "conflict"}, {attention, running, false, "conflict"},
        {attention, attention, true, "ok"},
    };
    int n = 0;
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.from << " to " << t.to << ", open " << t.open_entry)
        {
            auto made = a_run("S" + std::to_string(++n));
            made.run.state = t.from;
            BOOST_REQUIRE(runs_table(db).create(made));
            if (t.open_entry) {
                raise_attention raised;
                raised.entry.id = "a" + std::to_string(n);
                raised.entry.run = made.run.id;
                raised.entry.kind = "ambiguous";
                BOOST_REQUIRE(attention_table(db).raise(raised));
            }
            update_run u(made.run.id);
            u.state = t.to;
            BOOST_TEST(verdict(runs_table(db).update(u)) == t.outcome);
        }
}

BOOST_AUTO_TEST_CASE(an_update_keeps_what_it_does_not_name)
{
    runs_table runs(db);
    update_run u(run_id("R1"));
    u.progress = R"({"step":1})";
    u.result = "{}";
    u.error_code = "timed_out";
    u.error_message = "too late";
    u.finished_at = noon;
    u.cancel_asked = true;
    BOOST_REQUIRE(runs.update(u));
    update_run empty(run_id("R1"));
    BOOST_REQUIRE(runs.update(empty));
    const auto r = runs.find(run_id("R1")).value();
    BOOST_TEST(r.progress == R"({"step":1})");
    BOOST_TEST(r.error_message == "too late");
    BOOST_TEST((r.finished_at == noon));
    BOOST_TEST(r.cancel_asked);
    BOOST_TEST(verdict(runs.update(update_run(run_id("R9")))) == "not_found");
}

BOOST_AUTO_TEST_CASE(a_new_result_or_progress_may_hold_a_code_again)
{
    BOOST_REQUIRE(db.execute("UPDATE runs SET code_wiped=1"));
    update_run counts(run_id("R1"));
    counts.counts = "{}";
    BOOST_REQUIRE(runs_table(db).update(counts));
    BOOST_TEST(number("SELECT code_wiped FROM runs") == 1);
    update_run progress(run_id("R1"));
    progress.progress = "{}";
    BOOST_REQUIRE(runs_table(db).update(progress));
    BOOST_TEST(number("SELECT code_wiped FROM runs") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
