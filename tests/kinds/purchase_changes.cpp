// The batches of a purchase, without a store.
#include "kinds/purchase/budget_limits.hpp"
#include "kinds/purchase_world.hpp"

BOOST_AUTO_TEST_SUITE(purchase_changes_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using providers::classification;
using strings = std::vector<std::string>;

struct changes_world : purchase_world {
    kinds::purchase_record record()
    {
        auto permit = finish(account("numbers").purchase_permits->acquire());
        BOOST_TEST_REQUIRE(permit.has_value());
        kinds::purchase_request request("number/1", accounts->at("numbers"), "number.order", lira(8));
        request.digest = "d1";
        kinds::purchase_record p(context, std::move(request), std::move(*permit));
        p.id = effect_id("EFFECT");
        p.attempt = 2;
        p.booked_at = clock.wall_now();
        return p;
    }

    kinds::purchase_answer answer(classification c, std::optional<error> failure = {})
    {
        providers::outcome<bought> outcome(c);
        if (c == classification::accepted)
            outcome.value = bought{"100"};
        outcome.failure = std::move(failure);
        outcome.evidence = "status 200";
        return kinds::purchase_answer(outcome, &bought::id);
    }

    ledger::batch outcome(const kinds::purchase_record& p, const kinds::purchase_answer& a)
    {
        const kinds::settlement s{p.id, a.classified_as, a.failure, a.evidence};
        return kinds::outcome_changes(p, s, a, own);
    }

    kinds::run_context context = make();
    ledger::batch own = outcome_in_progress(context, classification::accepted);
};

} // namespace

BOOST_FIXTURE_TEST_CASE(an_intent_says_what_is_bought_and_within_which_limits, changes_world)
{
    budget.run = lira(20);
    budget.day = lira(40);
    account("numbers").day_budget = lira(60);
    kinds::run_context limited = make();
    auto p = record();
    kinds::purchase_record with_limits(limited, p.request, std::move(*p.permit));
    with_limits.id = p.id;
    with_limits.attempt = 2;
    with_limits.booked_at = p.booked_at;
    const auto changes = kinds::intent_changes(with_limits, own);
    const auto* intent = find_change<ledger::intend>(changes);
    BOOST_TEST_REQUIRE((intent != nullptr));
    BOOST_TEST(intent->effect.step == "number/1");
    BOOST_TEST(intent->effect.attempt == 2);
    BOOST_TEST(intent->effect.account == "numbers");
    BOOST_TEST(intent->effect.operation == "number.order");
    BOOST_TEST(intent->effect.expected.text() == "8.00 TRY");
    BOOST_TEST(intent->effect.digest == "d1");
    BOOST_TEST((intent->effect.intended_at == p.booked_at));
    BOOST_TEST_REQUIRE(intent->limits.size() == 3u);
    BOOST_TEST(intent->limits[0].name == "run");
    BOOST_TEST(intent->limits[0].run == id.text());
    BOOST_TEST(intent->limits[1].name == "day");
    BOOST_TEST(intent->limits[1].job == "job");
    BOOST_TEST((intent->limits[1].since == kinds::day_start(p.booked_at, zone)));
    BOOST_TEST(intent->limits[2].name == "account-day");
    BOOST_TEST(intent->limits[2].account == "numbers");
    BOOST_TEST(intent->limits[2].limit.text() == "60.00 TRY");
    BOOST_TEST((find_change<ledger::update_run>(changes) != nullptr));
    BOOST_TEST(events_in(changes) == strings{"effect.intended"}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_budget_that_was_hit_is_an_event_and_a_notice, changes_world)
{
    const auto p = record();
    const auto changes = kinds::budget_hit_changes(p, error(errc::budget, "the run's budget of 5.00 TRY is used up"));
    BOOST_TEST(events_in(changes) == strings{"budget.hit"}, boost::test_tools::per_element());
    const auto* notice = find_change<ledger::put_notice>(changes);
    BOOST_TEST_REQUIRE((notice != nullptr));
    BOOST_TEST(notice->notice.moment == "budget-hit");
    BOOST_TEST(notice->notice.body.find("used up") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(each_outcome_has_its_state_and_its_events, changes_world)
{
    struct row {
        classification c;
        effect_state state;
        strings events;
    };
    const error refused(errc::no_stock, "none", reach::answered);
    for (const row& r : std::vector<row>{
             {classification::accepted, effect_state::accepted, {"effect.settled"}},
             {classification::rejected, effect_state::rejected, {"provider.error", "effect.settled"}},
             {classification::rate_limited, effect_state::rate_limited, {"provider.error", "effect.settled"}},
             {classification::not_sent, effect_state::not_sent, {"provider.error", "effect.settled"}},
             {classification::ambiguous,
              effect_state::ambiguous,
              {"provider.error", "effect.ambiguous", "attention.raised"}}}) {
        BOOST_TEST_CONTEXT(name(r.c))
        {
            auto p = record();
            p.dispatched = true;
            const bool accepted = r.c == classification::accepted;
            const auto changes = outcome(p, answer(r.c, accepted ? std::nullopt : std::optional<error>(refused)));
            const auto* move = find_change<ledger::move_effect>(changes);
            BOOST_TEST_REQUIRE((move != nullptr));
            BOOST_TEST((move->to == r.state));
            BOOST_TEST(move->provider_ref == (accepted ? "100" : ""));
            BOOST_TEST(move->evidence == "status 200");
            BOOST_TEST((find_change<ledger::update_run>(changes) != nullptr));
            BOOST_TEST(events_in(changes) == r.events, boost::test_tools::per_element());
            const auto* entry = find_change<ledger::raise_attention>(changes);
            BOOST_TEST((entry != nullptr) == (r.c == classification::ambiguous));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_is_no_error_of_the_provider, changes_world)
{
    const auto p = record();
    const auto changes = outcome(p, answer(classification::not_sent, error(errc::cancelled, "cancelled")));
    BOOST_TEST(events_in(changes) == strings{"effect.settled"}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(an_ambiguous_outcome_raises_an_entry_that_says_what_is_at_risk, changes_world)
{
    auto p = record();
    p.dispatched = true;
    const auto changes =
        outcome(p, answer(classification::ambiguous, error(errc::ambiguous, "no answer", reach::maybe_sent)));
    const auto* raise = find_change<ledger::raise_attention>(changes);
    BOOST_TEST_REQUIRE((raise != nullptr));
    BOOST_TEST(raise->entry.id == "EFFECT");
    BOOST_TEST(raise->entry.kind == "ambiguous");
    BOOST_TEST(raise->entry.amount.text() == "8.00 TRY");
    BOOST_TEST(raise->entry.evidence == "number.order number/1: no answer; status 200");
}

BOOST_FIXTURE_TEST_CASE(an_answer_without_a_dispatch_is_written_as_dispatched_first, changes_world)
{
    const auto p = record();
    const auto changes = outcome(p, answer(classification::accepted));
    std::vector<effect_state> states;
    for (const ledger::change& c : changes)
        if (const auto* move = std::get_if<ledger::move_effect>(&c))
            states.push_back(move->to);
    BOOST_TEST((states == std::vector<effect_state>{effect_state::dispatched, effect_state::accepted}));
}

BOOST_AUTO_TEST_SUITE_END()
