#include "ledger/tables.hpp"

#include "ledger/detail/attention_table.hpp"
#include "ledger/detail/items_table.hpp"
#include "ledger/detail/retention.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

struct retention_fixture : tables_fixture {
    /// Ends R1 at noon.
    void end_run(run_state s = run_state::succeeded)
    {
        update_run u(run_id("R1"));
        u.state = s;
        u.finished_at = noon;
        BOOST_REQUIRE(runs_table(db).update(u));
    }
    bool purge_runs(wall_point before, std::int64_t limit = purge_slice)
    {
        batch_result made;
        purge p;
        p.runs_before = before;
        p.limit = limit;
        BOOST_REQUIRE(retention(db, made).purge(p));
        return made.more_to_purge;
    }
    void add_items_to_run(int count)
    {
        add_items c;
        c.run = run_id("R1");
        for (int i = 0; i < count; ++i) {
            c.items.emplace_back();
            c.items.back().position = i;
            c.items.back().phone = std::to_string(5550000000 + i);
        }
        BOOST_REQUIRE(items_table(db).add(c));
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(retention_, retention_fixture)

BOOST_AUTO_TEST_CASE(only_what_ended_before_goes)
{
    BOOST_TEST(!purge_runs(noon + 1h));
    BOOST_TEST(number("SELECT count(*) FROM runs") == 1); // still open
    end_run();
    purge_runs(noon);
    BOOST_TEST(number("SELECT count(*) FROM runs") == 1); // not before
    purge_runs(noon + 1ms);
    BOOST_TEST(number("SELECT count(*) FROM runs") == 0);
}

BOOST_AUTO_TEST_CASE(a_run_with_an_effect_whose_outcome_is_not_known_stays)
{
    using enum effect_state;
    const struct {
        std::vector<effect_state> way;
        bool stays;
    } table[] = {{{}, true},
                 {{dispatched}, true},
                 {{dispatched, ambiguous}, true},
                 {{dispatched, ambiguous, orphaned}, true},
                 {{abandoned}, false},
                 {{dispatched, rejected}, false},
                 {{dispatched, ambiguous, written_off}, false}};
    int n = 0;
    for (const auto& t : table)
        BOOST_TEST_CONTEXT((t.way.empty() ? name(intent) : name(t.way.back())))
        {
            const auto id = "S" + std::to_string(++n);
            auto ended = a_run(id);
            ended.run.state = run_state::failed;
            ended.run.finished_at = noon;
            BOOST_REQUIRE(runs_table(db).create(ended));
            BOOST_REQUIRE(effects_table(db).book(an_effect("e" + id, id, "s")));
            for (const auto s : t.way)
                BOOST_REQUIRE(effects_table(db).move(moved("e" + id, s)));
            purge_runs(noon + 1h);
            BOOST_TEST(runs_table(db).require(run_id(id)).has_value() == t.stays);
            BOOST_TEST(number("SELECT count(*) FROM effects") == n); // effects stay
        }
}

BOOST_AUTO_TEST_CASE(a_run_with_an_open_attention_entry_stays)
{
    end_run(run_state::attention);
    raise_attention raised;
    raised.entry.id = "a1";
    raised.entry.run = run_id("R1");
    raised.entry.kind = "ambiguous";
    BOOST_REQUIRE(attention_table(db).raise(raised));
    purge_runs(noon + 1h);
    BOOST_TEST(number("SELECT count(*) FROM runs") == 1);
    resolve_attention resolve;
    resolve.id = "a1";
    resolve.outcome = "done";
    resolve.at = noon;
    BOOST_REQUIRE(attention_table(db).resolve(resolve));
    purge_runs(noon + 1h);
    BOOST_TEST(number("SELECT count(*) FROM runs") == 0);
    BOOST_TEST(number("SELECT count(*) FROM attention") == 0);
}

BOOST_AUTO_TEST_CASE(recipients_go_before_their_run_slice_by_slice)
{
    add_items_to_run(10);
    end_run();
    std::vector<std::int64_t> left;
    bool more = true;
    for (int slices = 0; more && slices < 20; ++slices) {
        more = purge_runs(noon + 1h, 4);
        left.push_back(number("SELECT count(*) FROM items"));
        if (left.back() > 0)
            BOOST_TEST(number("SELECT count(*) FROM runs") == 1);
    }
    BOOST_TEST(left.front() == 6);
    BOOST_TEST(left.back() == 0);
    BOOST_TEST(!more);
    BOOST_TEST(number("SELECT count(*) FROM item_totals") == 0);
    BOOST_TEST(number("SELECT count(*) FROM runs") == 0);
}

BOOST_AUTO_TEST_CASE(items_and_texts_can_go_before_the_run)
{
    add_items_to_run(2);
    BOOST_REQUIRE(db.execute("UPDATE runs SET definition='to: 5551112233'"));
    end_run();
    batch_result made;
    purge p;
    p.items_before = noon + 1h;
    BOOST_REQUIRE(retention(db, made).purge(p));
    BOOST_TEST(number("SELECT count(*) FROM items") == 0);
    BOOST_TEST(text("SELECT definition FROM runs") == "");
    BOOST_TEST(!made.more_to_purge);
}

BOOST_AUTO_TEST_SUITE_END()
