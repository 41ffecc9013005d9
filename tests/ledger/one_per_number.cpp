// One row per number in a run, refused by the store itself, and what a run waits for.
#include "ledger/detail/item_totals.hpp"
#include "ledger/detail/items_table.hpp"
#include "ledger/older_schema.hpp"
#include "ledger/tables.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

struct numbers_fixture : tables_fixture {
    std::string add(std::int64_t position, const std::string& phone, item_state s = item_state::pending)
    {
        add_items c;
        c.run = run_id("R1");
        c.items.emplace_back();
        c.items.back().position = position;
        c.items.back().phone = phone;
        c.items.back().state = s;
        c.items.back().segments = 1;
        return verdict(items_table(db).add(c));
    }
    std::string move(std::vector<std::int64_t> positions, item_state from, item_state to, bool all_or_none = false)
    {
        move_items c;
        c.run = run_id("R1");
        c.positions = std::move(positions);
        c.from = from;
        c.to = to;
        c.all_or_none = all_or_none;
        return verdict(items_table(db).move(c));
    }
    std::string stored()
    {
        return text(
            "SELECT group_concat(phone||':'||state||':'||holds,' ') FROM (SELECT * FROM items ORDER BY position)");
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(one_per_number_, numbers_fixture)

BOOST_AUTO_TEST_CASE(a_second_row_to_be_sent_to_a_number_is_refused_whatever_became_of_the_first)
{
    BOOST_TEST(add(0, "5550000001") == "ok");
    BOOST_TEST(add(1, "5550000001") == "conflict");
    BOOST_TEST(add(1, "5550000001", item_state::skipped) == "ok"); // a duplicate is skipped
    for (const auto s : {item_state::submitting, item_state::submitted, item_state::delivered}) {
        BOOST_REQUIRE(db.execute("UPDATE items SET state=?1 WHERE position=0", static_cast<std::int64_t>(s)));
        BOOST_TEST(add(2, "5550000001") == "conflict", name(s));
    }
    BOOST_TEST(add(2, "5550000002") == "ok");
}

BOOST_AUTO_TEST_CASE(a_row_keeps_its_number_for_good)
{
    BOOST_TEST(add(0, "5550000001") == "ok");
    BOOST_TEST(move({0}, item_state::pending, item_state::skipped) == "ok");
    BOOST_TEST(add(1, "5550000001") == "conflict");
    BOOST_TEST(!db.execute("UPDATE items SET holds=0"));
    BOOST_TEST(!db.execute("UPDATE items SET phone='5550000009'"));
    item_query q;
    q.run = run_id("R1");
    BOOST_TEST(items_table(db).list(q).value().front().holds);
}

BOOST_AUTO_TEST_CASE(a_move_of_all_or_none_moves_nobody_when_one_is_not_there_any_more)
{
    add(0, "5550000001");
    add(1, "5550000002");
    move({1}, item_state::pending, item_state::skipped);
    BOOST_TEST(move({0, 1}, item_state::pending, item_state::submitting, true) == "conflict");
    BOOST_TEST(stored() == "5550000001:0:1 5550000002:1:1");
    BOOST_TEST(move({0}, item_state::pending, item_state::submitting, true) == "ok");
}

BOOST_AUTO_TEST_CASE(an_older_store_keeps_who_has_a_message_and_leaves_out_who_stands_twice)
{
    for (std::int64_t i = 0; i < 5; ++i)
        add(i, "555000000" + std::to_string(i));
    BOOST_REQUIRE(db.execute_script("UPDATE runs SET state='running';PRAGMA application_id=0x554c414b"));
    BOOST_REQUIRE(db.execute_script(undo_schema_to(7).c_str()));
    // As version 7 could have it: the third and the fourth are the people of the first and the second again.
    BOOST_REQUIRE(
        db.execute_script("UPDATE items SET phone='5550000000' WHERE position=2;"
                          "UPDATE items SET phone='5550000001' WHERE position=3;"
                          "UPDATE items SET state=2 WHERE position=3;UPDATE items SET state=3 WHERE position=3;"
                          "UPDATE item_totals SET items=4 WHERE state=0;"
                          "INSERT INTO item_totals VALUES(1,3,1,1)"));
    BOOST_REQUIRE(migrate(db));
    BOOST_TEST(stored() == "5550000000:0:1 5550000001:1:0 5550000000:1:0 5550000001:3:1 5550000004:0:1");
    const auto counts = item_totals::read(db, run_id("R1")).value();
    BOOST_TEST(counts.by_state[0] == 2);
    BOOST_TEST(counts.by_state[1] == 2);
    BOOST_TEST(counts.by_state[3] == 1);
    BOOST_TEST(add(9, "5550000004") == "conflict");
}

BOOST_AUTO_TEST_CASE(what_a_run_waits_for_ends_with_the_state)
{
    const auto waits = [&] { return runs_table(db).find(run_id("R1")).value().waits; };
    update_run u(run_id("R1"));
    u.state = run_state::paused;
    u.waits = run_wait(waits_for_window, noon);
    BOOST_TEST(verdict(runs_table(db).update(u)) == "ok");
    BOOST_TEST((waits() == run_wait(waits_for_window, noon)));
    update_run counts(run_id("R1"));
    counts.counts = "{}";
    BOOST_TEST(verdict(runs_table(db).update(counts)) == "ok");
    BOOST_TEST((waits() == run_wait(waits_for_window, noon)));
    update_run on(run_id("R1"));
    on.state = run_state::running;
    BOOST_TEST(verdict(runs_table(db).update(on)) == "ok");
    BOOST_TEST((waits() == run_wait()));
}

BOOST_AUTO_TEST_CASE(a_run_keeps_what_it_goes_on_with)
{
    auto c = a_run("R2");
    c.run.only = "unsent";
    c.run.of = run_id("R1");
    BOOST_REQUIRE(runs_table(db).create(c));
    const auto stored_run = runs_table(db).find(run_id("R2")).value();
    BOOST_TEST(stored_run.only == "unsent");
    BOOST_TEST(stored_run.of.text() == "R1");
}

BOOST_AUTO_TEST_SUITE_END()
