// What an operator's decision means, as a table.
#include "engine/detail/attention_decision.hpp"

#include "engine/detail/open_effects.hpp"
#include "kinds/registry.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
using ledger::effect_state;
using ledger::item_state;

BOOST_AUTO_TEST_SUITE(attention_decision_)

namespace {

const wall_point now = parse_rfc3339("2026-03-02T06:00:00Z").value();

ledger::effect_record effect(effect_state state)
{
    ledger::effect_record e;
    e.id = effect_id("E1");
    e.run = run_id("R1");
    e.state = state;
    e.expected = money(decimal::from_integer(8), "TRY");
    e.operation = "number.order";
    return e;
}

engine::attention_decision decision(const std::string& outcome, const std::string& kind = "ambiguous")
{
    ledger::attention_record entry;
    entry.id = "A1";
    entry.run = run_id("R1");
    entry.kind = kind;
    return engine::decide(entry, outcome, kinds::kinds(), now);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_purchase_goes_where_the_decision_says)
{
    struct row {
        effect_state before;
        const char *kind, *outcome;
        effect_state after;
    };
    const row table[] = {
        {effect_state::ambiguous, "ambiguous", "done", effect_state::accepted},
        {effect_state::ambiguous, "ambiguous", "not-done", effect_state::not_executed},
        {effect_state::ambiguous, "ambiguous", "write-off", effect_state::written_off},
        {effect_state::orphaned, "orphaned", "done", effect_state::accepted},
        {effect_state::orphaned, "orphaned", "not-done", effect_state::refunded},
        {effect_state::orphaned, "orphaned", "write-off", effect_state::written_off},
        {effect_state::orphaned, "refund-missing", "done", effect_state::refunded},
        {effect_state::orphaned, "refund-missing", "not-done", effect_state::accepted},
        {effect_state::orphaned, "refund-missing", "write-off", effect_state::written_off},
        {effect_state::ambiguous, "refund-missing", "done", effect_state::accepted},
        {effect_state::ambiguous, "refund-missing", "not-done", effect_state::not_executed},
    };
    for (const auto& r : table)
        BOOST_TEST_CONTEXT(name(r.before) << " " << r.kind << " " << r.outcome)
        {
            const auto move = engine::effect_resolution(effect(r.before), decision(r.outcome, r.kind));
            BOOST_TEST(name(move.to) == name(r.after));
            BOOST_TEST((move.at == now));
        }
}

BOOST_AUTO_TEST_CASE(an_accepted_purchase_without_an_id_names_the_entry)
{
    auto lost = effect(effect_state::ambiguous);
    BOOST_TEST(engine::effect_resolution(lost, decision("done")).provider_ref == "resolved:A1");
    lost.provider_ref = "71";
    BOOST_TEST(engine::effect_resolution(lost, decision("done")).provider_ref != "resolved:A1");
}

BOOST_AUTO_TEST_CASE(a_refund_that_has_come_is_recorded_as_far_as_it_is_missing)
{
    auto bought = effect(effect_state::accepted);
    auto refund = engine::refund_resolution(bought, decision("done", "refund-missing"));
    BOOST_TEST_REQUIRE(refund.has_value());
    BOOST_TEST(refund->amount == decimal::from_integer(8));
    bought.charged = money(decimal::from_integer(6), "TRY");
    bought.refunded = decimal::from_integer(2);
    refund = engine::refund_resolution(bought, decision("done", "refund-missing"));
    BOOST_TEST_REQUIRE(refund.has_value());
    BOOST_TEST(refund->amount == decimal::from_integer(4));
    bought.refunded = decimal::from_integer(6);
    BOOST_TEST(!engine::refund_resolution(bought, decision("done", "refund-missing")));
}

BOOST_AUTO_TEST_CASE(no_refund_follows_from_another_outcome_entry_or_state)
{
    const auto bought = effect(effect_state::accepted);
    BOOST_TEST(!engine::refund_resolution(bought, decision("not-done", "refund-missing")));
    BOOST_TEST(!engine::refund_resolution(bought, decision("write-off", "refund-missing")));
    BOOST_TEST(!engine::refund_resolution(bought, decision("done", "code-unreadable")));
    BOOST_TEST(!engine::refund_resolution(effect(effect_state::refunded), decision("done", "refund-missing")));
}

BOOST_AUTO_TEST_CASE(recipients_follow_their_purchase)
{
    const auto e = effect(effect_state::ambiguous);
    const auto done = engine::items_resolution(e, decision("done"));
    BOOST_TEST((done.from == item_state::ambiguous && done.to == item_state::submitted));
    BOOST_TEST(done.reason.empty());
    const auto not_done = engine::items_resolution(e, decision("not-done"));
    BOOST_TEST((not_done.to == item_state::rejected));
    BOOST_TEST(not_done.reason == "not sent");
    BOOST_TEST(engine::items_resolution(e, decision("write-off")).reason == "written off");
}

BOOST_AUTO_TEST_CASE(a_run_succeeds_only_with_what_took_effect_and_delivered)
{
    const auto counts = [](const char* kind, const char* outcome) {
        return engine::counts_as_success(kinds::kinds(), kind, outcome);
    };
    BOOST_TEST(counts("ambiguous", "done"));
    BOOST_TEST(counts("stalled", "done"));
    BOOST_TEST(!counts("ambiguous", "not-done"));
    BOOST_TEST(!counts("ambiguous", "write-off"));
    BOOST_TEST(!counts("ambiguous", ""));
    BOOST_TEST(!counts("refund-missing", "done"));
    BOOST_TEST(!counts("code-unreadable", "done"));
}

BOOST_AUTO_TEST_CASE(only_three_words_are_outcomes)
{
    for (const char* word : {"done", "not-done", "write-off"})
        BOOST_TEST(engine::is_outcome(word), word);
    for (const char* word : {"", "Done", "not_done", "open"})
        BOOST_TEST(!engine::is_outcome(word), word);
}

BOOST_AUTO_TEST_CASE(a_resolved_message_no_longer_points_to_attention)
{
    BOOST_TEST(engine::resolved_text("it is not known, see attention", "done") ==
               "it is not known; a person has settled it: done");
    BOOST_TEST(engine::resolved_text("", "write-off") == "a person has settled it: write-off");
}

BOOST_AUTO_TEST_CASE(an_open_purchase_is_settled_by_how_far_it_got)
{
    const auto settled = [](effect_state s) { return engine::settle_open({effect(s)}, "the daemon died", now); };
    const auto intent = settled(effect_state::intent);
    BOOST_TEST_REQUIRE(intent.size() == 3u);
    BOOST_TEST((std::get<ledger::move_effect>(intent[0]).to == effect_state::not_sent));
    BOOST_TEST((std::get<ledger::move_items>(intent[1]).to == item_state::pending));
    const auto dispatched = settled(effect_state::dispatched);
    BOOST_TEST_REQUIRE(dispatched.size() == 5u);
    BOOST_TEST((std::get<ledger::move_effect>(dispatched[0]).to == effect_state::ambiguous));
    BOOST_TEST((std::get<ledger::move_items>(dispatched[1]).to == item_state::ambiguous));
    BOOST_TEST(std::get<ledger::raise_attention>(dispatched[2]).entry.evidence == "the daemon died");
    for (const auto s : {effect_state::ambiguous, effect_state::orphaned, effect_state::accepted})
        BOOST_TEST(settled(s).empty(), name(s));
}

BOOST_AUTO_TEST_CASE(what_was_dispatched_or_lost_stays_ambiguous)
{
    for (const auto s : {effect_state::dispatched, effect_state::ambiguous, effect_state::orphaned})
        BOOST_TEST(engine::stays_ambiguous(effect(s)), name(s));
    for (const auto s : {effect_state::intent, effect_state::accepted, effect_state::not_sent})
        BOOST_TEST(!engine::stays_ambiguous(effect(s)), name(s));
}

BOOST_AUTO_TEST_SUITE_END()
