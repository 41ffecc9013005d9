#include "ledger/samples.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

add_items recipients(const std::string& run, int count, int segments = 2)
{
    add_items out;
    out.run = run_id(run);
    for (int i = 0; i < count; ++i) {
        item_record item;
        item.position = i;
        item.phone = "555111" + std::to_string(2000 + i);
        item.segments = segments;
        out.items.push_back(std::move(item));
    }
    return out;
}

move_items to(item_state s, std::vector<std::int64_t> positions, const std::string& effect = {})
{
    move_items m;
    m.run = run_id("R1");
    m.positions = std::move(positions);
    m.to = s;
    if (!effect.empty())
        m.effect = effect_id(effect);
    return m;
}

move_items all_of(const std::string& effect, item_state s)
{
    auto m = to(s, {});
    m.by_effect = effect_id(effect);
    return m;
}

struct items_fixture : ledger_fixture {
    items_fixture() { BOOST_REQUIRE(commit(a_run("R1"), recipients("R1", 6), an_effect("e1", "R1", "chunk/1"))); }
    std::string states()
    {
        item_query q;
        q.run = run_id("R1");
        std::string out;
        for (const auto& i : run(store->items(q)).value())
            out += (out.empty() ? "" : " ") + std::string(name(i.state));
        return out;
    }
    /// The kept totals, checked against a recount.
    std::array<std::int64_t, 8> counts()
    {
        item_query q;
        q.run = run_id("R1");
        std::array<std::int64_t, 8> recount{};
        std::int64_t segments = 0;
        for (const auto& i : run(store->items(q)).value()) {
            ++recount[static_cast<std::size_t>(i.state)];
            segments += i.state == item_state::skipped ? 0 : i.segments;
        }
        const auto kept = run(store->count_items(run_id("R1"))).value();
        BOOST_TEST(kept.by_state == recount, boost::test_tools::per_element());
        BOOST_TEST(kept.segments == segments);
        return kept.by_state;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(items_, items_fixture)

BOOST_AUTO_TEST_CASE(recipients_move_forward_and_the_counts_with_them)
{
    using enum item_state;
    auto skip = to(skipped, {0});
    skip.reason = "opt-out";
    auto queued = all_of("e1", submitted);
    queued.queue = "Q7";
    BOOST_REQUIRE(commit(skip, to(submitting, {1, 2, 3}, "e1")));
    BOOST_REQUIRE(commit(moved("e1", effect_state::dispatched), moved("e1", effect_state::accepted, "Q7"), queued));
    BOOST_REQUIRE(commit(to(delivered, {1}), to(undelivered, {3})));
    BOOST_TEST(states() == "skipped delivered submitted undelivered pending pending");
    const std::array<std::int64_t, 8> expected = {2, 1, 0, 1, 1, 1, 0, 0};
    BOOST_TEST(counts() == expected, boost::test_tools::per_element());
    item_query q;
    q.run = run_id("R1");
    q.states = {skipped, submitted};
    const auto some = run(store->items(q)).value();
    BOOST_REQUIRE(some.size() == 2u);
    BOOST_TEST(some[0].reason == "opt-out");
    BOOST_TEST(some[1].queue == "Q7");
    BOOST_TEST(some[1].effect.text() == "e1");
}

BOOST_AUTO_TEST_CASE(nobody_goes_back)
{
    using enum item_state;
    BOOST_REQUIRE(commit(to(submitting, {0, 1}, "e1"), to(submitted, {0, 1}), to(delivered, {1})));
    for (const auto back : {pending, skipped, submitting, ambiguous})
        BOOST_TEST_CONTEXT(name(back))
        {
            BOOST_TEST(outcome(to(back, {0})) == "conflict");
            BOOST_TEST(outcome(to(back, {1})) == "conflict");
        }
    BOOST_TEST(outcome(to(undelivered, {1})) == "conflict");
    BOOST_TEST(outcome(to(delivered, {1})) == "ok");
    BOOST_TEST(outcome(to(delivered, {99})) == "not_found");
    counts();
}

BOOST_AUTO_TEST_CASE(submitting_returns_to_pending_only_when_the_effect_is_proven_harmless)
{
    using enum item_state;
    BOOST_REQUIRE(commit(to(submitting, {0, 1}, "e1")));
    BOOST_TEST(outcome(all_of("e1", pending)) == "conflict");
    BOOST_REQUIRE(commit(moved("e1", effect_state::dispatched)));
    BOOST_TEST(outcome(all_of("e1", pending)) == "conflict");
    BOOST_REQUIRE(commit(moved("e1", effect_state::ambiguous)));
    BOOST_TEST(outcome(all_of("e1", pending)) == "conflict");
    BOOST_TEST(outcome(moved("e1", effect_state::not_executed), all_of("e1", pending)) == "ok");
    BOOST_TEST(states() == "pending pending pending pending pending pending");
    counts();
}

BOOST_AUTO_TEST_CASE(a_move_can_be_narrowed_by_the_state_that_it_starts_from)
{
    using enum item_state;
    BOOST_REQUIRE(commit(to(submitting, {0, 1, 2}, "e1"), to(rejected, {1})));
    BOOST_TEST(outcome(all_of("e1", submitted)) == "conflict");
    auto only = all_of("e1", submitted);
    only.from = submitting;
    BOOST_TEST(outcome(only) == "ok");
    BOOST_TEST(states() == "submitted rejected submitted pending pending pending");
    counts();
}

BOOST_AUTO_TEST_CASE(a_position_that_exists_stays_as_it_is)
{
    BOOST_REQUIRE(commit(to(item_state::skipped, {0})));
    BOOST_REQUIRE(commit(recipients("R1", 8, 5)));
    BOOST_TEST(states() == "skipped pending pending pending pending pending pending pending");
    const auto kept = run(store->count_items(run_id("R1"))).value();
    BOOST_TEST(kept.segments == 5 * 2 + 2 * 5);
    counts();
}

BOOST_AUTO_TEST_CASE(pages_follow_one_another)
{
    item_query q;
    q.run = run_id("R1");
    q.limit = 4;
    const auto first = run(store->items(q)).value();
    BOOST_REQUIRE(first.size() == 4u);
    q.after = first.back().position;
    const auto second = run(store->items(q)).value();
    BOOST_REQUIRE(second.size() == 2u);
    BOOST_TEST(second[0].position == 4);
}

BOOST_AUTO_TEST_CASE(unknown_runs_and_effects_are_told)
{
    BOOST_TEST(outcome(recipients("R9", 1)) == "not_found");
    BOOST_TEST(outcome(to(item_state::submitting, {0}, "e9")) == "not_found");
    BOOST_TEST(states() == "pending pending pending pending pending pending");
}

BOOST_AUTO_TEST_SUITE_END()
