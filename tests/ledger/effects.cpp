#include "ledger/samples.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using enum ulak::ledger::effect_state;

namespace {

struct effects_fixture : ledger_fixture {
    effects_fixture() { BOOST_REQUIRE(commit(a_run("R1"))); }

    /// Books e1 and leads it along the states.
    void lead(const std::vector<effect_state>& states)
    {
        BOOST_REQUIRE(commit(an_effect("e1", "R1", "number/1")));
        for (const auto s : states) {
            const auto done = outcome(moved("e1", s, s == accepted ? "100" : ""));
            BOOST_REQUIRE_MESSAGE(done == "ok", name(s) << ": " << done);
        }
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(effects_, effects_fixture)

BOOST_AUTO_TEST_CASE(a_second_attempt_needs_proof_that_the_first_did_nothing)
{
    struct {
        std::vector<effect_state> way;
        const char* second;
    } const rows[] = {
        {{}, "conflict"},
        {{abandoned}, "conflict"},
        {{not_sent}, "ok"},
        {{dispatched}, "conflict"},
        {{dispatched, not_sent}, "ok"},
        {{dispatched, accepted}, "conflict"},
        {{dispatched, rejected}, "conflict"},
        {{dispatched, rate_limited}, "ok"},
        {{dispatched, ambiguous}, "conflict"},
        {{dispatched, ambiguous, not_executed}, "ok"},
        {{dispatched, ambiguous, orphaned}, "conflict"},
        {{dispatched, ambiguous, orphaned, refunded}, "ok"},
        {{dispatched, ambiguous, orphaned, written_off}, "conflict"},
        {{dispatched, ambiguous, written_off}, "conflict"},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("after " << row.way.size() << " moves, the last to "
                                    << (row.way.empty() ? name(intent) : name(row.way.back())))
        {
            store = make_memory_ledger(io.get_executor());
            BOOST_REQUIRE(commit(a_run("R1")));
            lead(row.way);
            BOOST_TEST(outcome(an_effect("e2", "R1", "number/1", 2)) == row.second);
            BOOST_TEST(outcome(an_effect("e3", "R1", "number/2")) == "ok");
        }
}

BOOST_AUTO_TEST_CASE(an_effect_is_dispatched_once)
{
    lead({dispatched});
    const auto again = commit(moved("e1", dispatched));
    BOOST_REQUIRE(!again);
    BOOST_TEST(again.error().message == "effect e1 is dispatched and cannot become dispatched");
}

BOOST_AUTO_TEST_CASE(an_effect_never_goes_back)
{
    lead({dispatched, accepted});
    for (const auto to : {intent, abandoned, not_sent, dispatched, rejected, ambiguous, refunded, written_off})
        BOOST_TEST_CONTEXT(name(to)) BOOST_TEST(outcome(moved("e1", to)) == "conflict");
    BOOST_TEST(effect("e1").state == accepted);
}

BOOST_AUTO_TEST_CASE(accepted_needs_the_providers_id)
{
    lead({dispatched});
    BOOST_TEST(outcome(moved("e1", accepted)) == "conflict");
    BOOST_TEST(effect("e1").state == dispatched);
    BOOST_TEST(outcome(moved("e1", accepted, "100")) == "ok");
    BOOST_TEST(outcome(moved("e1", accepted, "101")) == "conflict");
    BOOST_TEST(effect("e1").provider_ref == "100");
}

BOOST_AUTO_TEST_CASE(a_providers_id_has_one_owner_per_account_and_operation)
{
    lead({dispatched, accepted});
    auto other_account = an_effect("e3", "R1", "number/3");
    other_account.effect.account = "numbers";
    BOOST_REQUIRE(
        commit(an_effect("e2", "R1", "number/2"), moved("e2", dispatched), other_account, moved("e3", dispatched)));
    const auto twice = commit(moved("e2", accepted, "100"));
    BOOST_REQUIRE(!twice);
    BOOST_TEST(name(twice.error().code) == "conflict");
    BOOST_TEST(twice.error().message == "effect e1 already owns the provider's id 100");
    BOOST_TEST(outcome(moved("e3", accepted, "100")) == "ok");
}

BOOST_AUTO_TEST_CASE(knowledge_of_an_accepted_effect_may_grow)
{
    lead({dispatched, accepted});
    auto late = moved("e1", accepted);
    late.charged = lira("3.90");
    late.evidence = "report";
    BOOST_TEST(outcome(late) == "ok");
    const auto e = effect("e1");
    BOOST_TEST(e.charged.value() == lira("3.90"));
    BOOST_TEST(e.evidence == "report");
    BOOST_TEST(e.provider_ref == "100");
}

BOOST_AUTO_TEST_CASE(the_spent_of_a_run_follows_its_effects)
{
    auto spent = [this] { return run(store->run(run_id("R1"))).value().spent.text(); };
    auto charged = [](const char* id, const char* ref, const char* amount) {
        auto m = moved(id, accepted, ref);
        m.charged = lira(amount);
        return m;
    };
    refund_effect back;
    back.id = effect_id("e1");
    back.amount = decimal::parse("1.5").value();
    lead({dispatched});
    BOOST_TEST(spent() == "0.00 TRY");
    BOOST_REQUIRE(commit(moved("e1", accepted, "100")));
    BOOST_TEST(spent() == "4.00 TRY"); // as expected, until the charge is known
    BOOST_REQUIRE(commit(charged("e1", "", "3.75")));
    BOOST_TEST(spent() == "3.75 TRY");
    BOOST_REQUIRE(commit(back));
    BOOST_TEST(spent() == "2.25 TRY");
    BOOST_REQUIRE(commit(an_effect("e2", "R1", "number/2"), moved("e2", dispatched), charged("e2", "101", "5.00")));
    BOOST_TEST(spent() == "7.25 TRY");
    BOOST_REQUIRE(commit(an_effect("e3", "R1", "number/3"), moved("e3", dispatched), moved("e3", ambiguous)));
    BOOST_TEST(spent() == "7.25 TRY");
}

BOOST_AUTO_TEST_CASE(a_notice_about_a_run_is_no_part_of_what_the_run_spent)
{
    const auto spent = [this] { return run(store->run(run_id("R1"))).value().spent.text(); };
    const auto notice = [](const char* id, const char* unit) {
        auto e = an_effect(id, "R1", std::string("notice/") + id + "/1", 1, "3");
        e.effect.account = "ilet";
        e.effect.operation = "sms.send";
        e.effect.expected.unit = unit;
        return e;
    };
    // Before the run's own purchase, in the unit of the notice's account: it set the unit, and 8 TRY became credits.
    BOOST_REQUIRE(commit(notice("n1", "credits"), moved("n1", dispatched), moved("n1", accepted, "q1")));
    BOOST_TEST(spent() == "0.00");
    BOOST_REQUIRE(
        commit(an_effect("e1", "R1", "number/1", 1, "8.00"), moved("e1", dispatched), moved("e1", accepted, "100")));
    BOOST_TEST(spent() == "8.00 TRY");
    // In the run's own unit: it was added.
    BOOST_REQUIRE(commit(notice("n2", "TRY"), moved("n2", dispatched), moved("n2", accepted, "q2")));
    BOOST_TEST(spent() == "8.00 TRY");
    auto late = moved("n2", accepted);
    late.charged = lira("2.50");
    refund_effect back;
    back.id = effect_id("n2");
    back.amount = decimal::from_integer(1);
    BOOST_REQUIRE(commit(late, back));
    BOOST_TEST(spent() == "8.00 TRY");
}

BOOST_AUTO_TEST_CASE(a_charge_in_another_unit_leaves_the_cost_as_expected)
{
    lead({dispatched});
    auto odd = moved("e1", accepted, "100");
    odd.charged = money(decimal::from_integer(9), "USD");
    BOOST_REQUIRE(commit(odd));
    BOOST_TEST(run(store->run(run_id("R1"))).value().spent == lira("4.00"));
    BOOST_TEST(effect("e1").charged.value().text() == "9.00 USD");
}

BOOST_AUTO_TEST_CASE(unknown_and_unsound_effects_are_refused)
{
    auto nameless = an_effect("", "R1", "s");
    auto early = an_effect("e1", "R1", "s", 0);
    auto born_late = an_effect("e1", "R1", "s");
    born_late.effect.state = dispatched;
    auto negative = an_effect("e1", "R1", "s", 1, "-1");
    auto unitless = an_effect("e1", "R1", "s");
    unitless.effect.expected.unit.clear();
    refund_effect taken;
    taken.id = effect_id("e1");
    taken.amount = decimal::from_integer(-1);
    BOOST_TEST(outcome(nameless) == "invalid_argument");
    BOOST_TEST(outcome(early) == "invalid_argument");
    BOOST_TEST(outcome(born_late) == "invalid_argument");
    BOOST_TEST(outcome(negative) == "invalid_argument");
    BOOST_TEST(outcome(unitless) == "invalid_argument");
    BOOST_TEST(outcome(taken) == "invalid_argument");
    BOOST_TEST(outcome(an_effect("e1", "R9", "s")) == "not_found");
    BOOST_TEST(outcome(moved("e9", dispatched)) == "not_found");
    BOOST_TEST(run(store->effects(effect_query())).value().empty());
}

BOOST_AUTO_TEST_CASE(times_and_questions)
{
    lead({dispatched, ambiguous});
    BOOST_TEST(effect("e1").dispatched_at.has_value());
    BOOST_TEST(!effect("e1").settled_at.has_value());
    BOOST_REQUIRE(commit(moved("e1", not_executed)));
    BOOST_TEST(effect("e1").settled_at.has_value());
    BOOST_REQUIRE(commit(an_effect("e2", "R1", "number/1", 2)));
    effect_query q;
    q.run = "R1";
    q.states = {intent, dispatched};
    const auto open = run(store->effects(q)).value();
    BOOST_REQUIRE(open.size() == 1u);
    BOOST_TEST(open[0].attempt == 2);
    q.account = "numbers";
    BOOST_TEST(run(store->effects(q)).value().empty());
}

BOOST_AUTO_TEST_CASE(what_happened_since_then_and_what_is_open_is_found_among_all_that_ever_were)
{
    struct row {
        const char* id;
        int intended, dispatched, last; ///< hours after noon
        std::vector<effect_state> way{};
    };
    for (const row& r : std::vector<row>{{"old", 0, 0, 0, {accepted}},
                                         {"refused", 0, 0, 0, {rejected}},
                                         {"doubt", 0, 0, 0, {ambiguous}},
                                         {"gone", 0, 0, 0, {ambiguous, orphaned}},
                                         {"edge", 1, 1, 1, {accepted}},
                                         {"late", 0, 0, 2, {accepted}},
                                         {"given-up", 0, 0, 2, {ambiguous, written_off}},
                                         {"clock-went-back", 0, 3, 0, {accepted}},
                                         {"young", 2, 2, 2, {accepted}},
                                         {"under-way", 0, 0, 0, {}}}) {
        auto book = an_effect(r.id, "R1", r.id);
        book.effect.intended_at = noon + std::chrono::hours(r.intended);
        auto left = moved(r.id, dispatched);
        left.at = noon + std::chrono::hours(r.dispatched);
        BOOST_REQUIRE(commit(book, left));
        for (const auto s : r.way) {
            auto on = moved(r.id, s, s == accepted ? r.id : "");
            on.at = noon + std::chrono::hours(r.last);
            BOOST_REQUIRE(commit(on));
        }
    }
    auto elsewhere = an_effect("elsewhere", "R1", "elsewhere");
    elsewhere.effect.account = "panel";
    elsewhere.effect.intended_at = noon + std::chrono::hours(2);
    BOOST_REQUIRE(commit(elsewhere));
    const auto found = [this](effect_query q) {
        std::string ids;
        for (const auto& e : run(store->effects(std::move(q))).value())
            ids += e.id.text() + " ";
        return ids;
    };
    effect_query q;
    q.since = noon + std::chrono::hours(1);
    BOOST_TEST(found(q) == "doubt gone edge late given-up clock-went-back young under-way elsewhere ");
    q.account = "tamonay";
    BOOST_TEST(found(q) == "doubt gone edge late given-up clock-went-back young under-way ");
    q.operation = "order";
    q.refs = {"old", "young", "nobody's \"one\""};
    BOOST_TEST(found(q) == "old doubt gone edge late given-up clock-went-back young under-way ");
    q.states = {accepted};
    BOOST_TEST(found(q) == "old edge late clock-went-back young ");
    q.states = {ambiguous};
    BOOST_TEST(found(q) == "doubt ");
    q.states.clear();
    q.operation = "another";
    BOOST_TEST(found(q).empty());
    q.account = "nobody";
    BOOST_TEST(found(q).empty());
}

BOOST_AUTO_TEST_SUITE_END()
