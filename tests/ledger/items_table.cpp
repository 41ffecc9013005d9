#include "ledger/tables.hpp"

#include "ledger/detail/item_totals.hpp"
#include "ledger/detail/items_table.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

struct items_table_fixture : tables_fixture {
    /// Positions from 0 on, all pending, one segment each.
    void add(int count)
    {
        add_items c;
        c.run = run_id("R1");
        for (int i = 0; i < count; ++i) {
            c.items.emplace_back();
            c.items.back().position = i;
            c.items.back().phone = std::to_string(5551112230 + i);
            c.items.back().segments = 1;
        }
        BOOST_REQUIRE(items.add(c));
    }
    move_items move(std::vector<std::int64_t> positions, item_state to)
    {
        move_items c;
        c.run = run_id("R1");
        c.positions = std::move(positions);
        c.to = to;
        return c;
    }
    std::vector<std::int64_t> counts()
    {
        const auto made = item_totals::read(db, run_id("R1")).value();
        return {made.by_state.begin(), made.by_state.end()};
    }
    std::string states()
    {
        item_query q;
        q.run = run_id("R1");
        std::string out;
        for (const auto& i : items.list(q).value())
            out += std::string(name(i.state)) + ' ';
        return out;
    }

    items_table items{db};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(items_table_, items_table_fixture)

using enum ulak::ledger::item_state;

BOOST_AUTO_TEST_CASE(a_position_that_exists_stays_and_is_counted_once)
{
    add(3);
    BOOST_REQUIRE(items.move(move({1}, skipped)));
    add(4);
    BOOST_TEST(states() == "pending skipped pending pending ");
    BOOST_TEST(counts() == (std::vector<std::int64_t>{3, 1, 0, 0, 0, 0, 0, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(unknown_runs_positions_and_effects_are_refused)
{
    add(2);
    auto elsewhere = move({0}, submitting);
    elsewhere.run = run_id("R9");
    BOOST_TEST(verdict(items.move(elsewhere)) == "not_found");
    BOOST_TEST(verdict(items.move(move({0, 7}, submitting))) == "not_found");
    auto of_nothing = move({0}, submitting);
    of_nothing.effect = effect_id("e9");
    BOOST_TEST(verdict(items.move(of_nothing)) == "not_found");
    add_items c;
    c.run = run_id("R9");
    BOOST_TEST(verdict(items.add(c)) == "not_found");
    BOOST_TEST(states() == "pending pending ");
}

BOOST_AUTO_TEST_CASE(items_of_an_effect_move_together_narrowed_by_their_state)
{
    add(4);
    effect_at("e1", {effect_state::dispatched});
    auto taken = move({0, 2, 3}, submitting);
    taken.effect = effect_id("e1");
    taken.queue = "Q7";
    BOOST_REQUIRE(items.move(taken));
    BOOST_REQUIRE(items.move(move({3}, rejected)));
    move_items by_effect;
    by_effect.run = run_id("R1");
    by_effect.by_effect = effect_id("e1");
    by_effect.from = submitting;
    by_effect.to = submitted;
    BOOST_REQUIRE(items.move(by_effect));
    BOOST_TEST(states() == "submitted pending submitted rejected ");
    item_query q;
    q.run = run_id("R1");
    q.states = {submitted};
    const auto found = items.list(q).value();
    BOOST_REQUIRE_EQUAL(found.size(), 2u);
    BOOST_TEST(found[1].queue == "Q7");
    BOOST_TEST(found[1].effect.text() == "e1");
}

BOOST_AUTO_TEST_CASE(only_a_harmless_effect_lets_its_items_return)
{
    using es = effect_state;
    const struct {
        std::vector<es> way;
        const char* outcome;
    } table[] = {{{es::dispatched}, "conflict"},         {{es::dispatched, es::ambiguous}, "conflict"},
                 {{es::dispatched, es::not_sent}, "ok"}, {{es::abandoned}, "ok"},
                 {{es::dispatched, es::rejected}, "ok"}, {{es::dispatched, es::ambiguous, es::not_executed}, "ok"}};
    add(6);
    std::int64_t position = 0;
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(name(t.way.back()))
        {
            const auto id = "e" + std::to_string(position);
            effect_at(id, {});
            auto taken = move({position}, submitting);
            taken.effect = effect_id(id);
            BOOST_REQUIRE(items.move(taken));
            for (const auto s : t.way)
                BOOST_REQUIRE(effects_table(db).move(moved(id, s)));
            BOOST_TEST(verdict(items.move(move({position++}, pending))) == t.outcome);
        }
}

BOOST_AUTO_TEST_CASE(the_counts_are_those_of_the_rows_whatever_moved)
{
    add(20);
    BOOST_REQUIRE(items.move(move({0, 1, 2, 3, 4, 5, 6, 7}, submitting)));
    BOOST_REQUIRE(items.move(move({0, 1, 2}, submitted)));
    BOOST_REQUIRE(items.move(move({0}, delivered)));
    BOOST_REQUIRE(items.move(move({4, 5}, ambiguous)));
    BOOST_REQUIRE(items.move(move({9}, skipped)));
    std::vector<std::int64_t> counted(8);
    for (std::size_t s = 0; s < counted.size(); ++s)
        counted[s] =
            db.query_integer("SELECT count(*) FROM items WHERE state=?", static_cast<std::int64_t>(s)).value().value();
    BOOST_TEST(counts() == counted, boost::test_tools::per_element());
    BOOST_TEST(item_totals::read(db, run_id("R1")).value().segments == 19); // without the skipped one
    BOOST_TEST(item_totals::read(db, run_id("R9")).value().segments == 0);
}

BOOST_AUTO_TEST_SUITE_END()
