// Who got a message is known after the recipients are purged, and no number is kept for it.
#include "ledger/detail/messaged_memory.hpp"

#include "ledger/detail/call_check.hpp"
#include "ledger/detail/items_table.hpp"
#include "ledger/detail/retention.hpp"
#include "ledger/tables.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

struct messaged_memory_fixture : tables_fixture {
    static std::string phone_at(int i) { return "555111" + std::to_string(2000 + i); }

    /// R1 sent to so many people at noon, and ended; the last of them was not reached.
    void send_and_end(int people)
    {
        effect_at("e1", {effect_state::dispatched, effect_state::accepted});
        add_items add;
        add.run = run_id("R1");
        for (int i = 0; i < people; ++i) {
            add.items.emplace_back();
            auto& item = add.items.back();
            item.position = i;
            item.phone = phone_at(i);
            item.state = i + 1 < people ? item_state::delivered : item_state::rejected;
            item.effect = effect_id("e1");
        }
        BOOST_REQUIRE(items_table(db).add(add));
        update_run u(run_id("R1"));
        u.state = run_state::succeeded;
        u.finished_at = noon + 48h;
        BOOST_REQUIRE(runs_table(db).update(u));
    }
    bool purge_items(std::optional<wall_point> messaged_since, std::int64_t limit = purge_slice)
    {
        batch_result made;
        purge p;
        p.items_before = noon + 49h;
        p.messaged_since = messaged_since;
        p.limit = limit;
        BOOST_REQUIRE(retention(db, made).purge(p));
        return made.more_to_purge;
    }
    bool is_forbidden(int i, wall_point since)
    {
        recipient_rules rules;
        rules.phones = {phone_at(i)};
        rules.messaged_since = since;
        return !find_forbidden(db, rules).value().empty();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(messaged_memory_, messaged_memory_fixture)

BOOST_AUTO_TEST_CASE(who_got_a_message_is_known_after_the_purge)
{
    send_and_end(3);
    purge_items(noon - 24h);
    BOOST_TEST(number("SELECT count(*) FROM items") == 0);
    BOOST_TEST(is_forbidden(0, noon));
    BOOST_TEST(is_forbidden(1, noon - 24h));
    BOOST_TEST(!is_forbidden(0, noon + 1ms));
    BOOST_TEST(!is_forbidden(2, noon)); // not reached
    BOOST_TEST(!is_forbidden(7, noon));
}

BOOST_AUTO_TEST_CASE(slices_remember_all_that_they_delete)
{
    send_and_end(8);
    int slices = 1;
    while (purge_items(noon, 2))
        ++slices;
    BOOST_TEST(slices > 3);
    for (int i = 0; i < 7; ++i)
        BOOST_TEST(is_forbidden(i, noon));
    BOOST_TEST(number("SELECT count(*) FROM messaged") == 7);
}

BOOST_AUTO_TEST_CASE(a_purge_of_the_runs_remembers_as_well)
{
    send_and_end(2);
    batch_result made;
    purge p;
    p.runs_before = noon + 49h;
    p.messaged_since = noon;
    BOOST_REQUIRE(retention(db, made).purge(p));
    BOOST_TEST(number("SELECT count(*) FROM runs") == 0);
    BOOST_TEST(is_forbidden(0, noon));
}

BOOST_AUTO_TEST_CASE(no_number_is_kept_and_the_key_is_made_once)
{
    send_and_end(3);
    purge_items(noon);
    BOOST_TEST(number("SELECT count(*) FROM messaged WHERE digest LIKE '%5551112%'") == 0);
    BOOST_TEST(number("SELECT count(*) FROM messaged WHERE length(digest)=32") == 2);
    const auto key = text("SELECT value FROM settings WHERE name='store:messaged-key'");
    BOOST_TEST(key.size() == 64u);
    purge_items(noon);
    BOOST_TEST(text("SELECT value FROM settings WHERE name='store:messaged-key'") == key);
}

BOOST_AUTO_TEST_CASE(the_same_number_has_another_hash_in_another_store)
{
    send_and_end(2);
    purge_items(noon);
    messaged_memory_fixture other;
    other.send_and_end(2);
    other.purge_items(noon);
    BOOST_TEST(text("SELECT digest FROM messaged") != other.text("SELECT digest FROM messaged"));
}

BOOST_AUTO_TEST_CASE(what_no_job_asks_for_is_neither_kept_nor_made)
{
    send_and_end(2);
    purge_items(noon + 1ms);
    BOOST_TEST(number("SELECT count(*) FROM messaged") == 0);
    BOOST_TEST(text("SELECT value FROM settings WHERE name='store:messaged-key'") == "(none)");
}

BOOST_AUTO_TEST_CASE(entries_go_when_no_job_asks_any_more)
{
    send_and_end(4);
    purge_items(noon);
    BOOST_TEST(number("SELECT count(*) FROM messaged") == 3);
    purge_items(std::nullopt); // a purge that says nothing of it keeps them
    BOOST_TEST(number("SELECT count(*) FROM messaged") == 3);
    BOOST_TEST(purge_items(noon + 1ms, 2));
    BOOST_TEST(number("SELECT count(*) FROM messaged") == 1);
    purge_items(noon + 1ms, 2);
    BOOST_TEST(number("SELECT count(*) FROM messaged") == 0);
}

BOOST_AUTO_TEST_CASE(the_newest_message_counts)
{
    BOOST_REQUIRE(db.execute("INSERT INTO settings(name,value) VALUES('store:messaged-key','aa')"));
    send_and_end(2);
    purge_items(noon);
    BOOST_REQUIRE(db.execute("UPDATE messaged SET at=at+1000")); // a later one
    BOOST_REQUIRE(db.execute("INSERT INTO items(run_key,position,phone,state,reason,text,segments,queue,effect,holds)"
                             " SELECT 1,9,'5551112000',4,'','',1,'',key,1 FROM effects"));
    BOOST_REQUIRE(db.execute("INSERT INTO item_totals(run_key,state,items,segments) VALUES(1,4,1,1)"));
    purge_items(noon);
    BOOST_TEST(is_forbidden(0, noon + 1s));
}

BOOST_AUTO_TEST_SUITE_END()
