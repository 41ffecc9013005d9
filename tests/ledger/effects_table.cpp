#include "ledger/tables.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

BOOST_FIXTURE_TEST_SUITE(effects_table_, tables_fixture)

using enum ulak::ledger::effect_state;

BOOST_AUTO_TEST_CASE(only_a_sound_record_is_booked)
{
    const struct {
        const char* why;
        void (*spoil)(effect_record&);
        const char* outcome;
    } table[] = {
        {"as it is", [](effect_record&) {}, "ok"},
        {"no id", [](effect_record& e) { e.id = effect_id(); }, "invalid_argument"},
        {"attempt 0", [](effect_record& e) { e.attempt = 0; }, "invalid_argument"},
        {"a later state", [](effect_record& e) { e.state = dispatched; }, "invalid_argument"},
        {"a negative cost", [](effect_record& e) { e.expected = lira("-1"); }, "invalid_argument"},
        {"an absurd cost", [](effect_record& e) { e.expected = lira("1000000000.01"); }, "budget"},
        {"no unit", [](effect_record& e) { e.expected.unit.clear(); }, "invalid_argument"},
        {"no cost and no unit", [](effect_record& e) { e.expected = money(); }, "ok"},
        {"an unknown run", [](effect_record& e) { e.run = run_id("R9"); }, "not_found"},
        {"no run", [](effect_record& e) { e.run = run_id(); }, "ok"},
    };
    int n = 0;
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.why)
        {
            const auto id = "e" + std::to_string(++n);
            auto c = an_effect(id, "R1", "step/" + id);
            t.spoil(c.effect);
            BOOST_TEST(verdict(effects_table(db).book(c)) == t.outcome);
        }
}

BOOST_AUTO_TEST_CASE(a_step_takes_another_attempt_only_when_the_earlier_one_had_no_effect)
{
    const struct {
        std::vector<effect_state> way;
        const char* outcome;
    } table[] = {
        {{}, "conflict"},
        {{abandoned}, "conflict"},
        {{not_sent}, "ok"},
        {{dispatched}, "conflict"},
        {{dispatched, accepted}, "conflict"},
        {{dispatched, rejected}, "conflict"},
        {{dispatched, rate_limited}, "ok"},
        {{dispatched, not_sent}, "ok"},
        {{dispatched, ambiguous}, "conflict"},
        {{dispatched, ambiguous, not_executed}, "ok"},
        {{dispatched, ambiguous, orphaned}, "conflict"},
        {{dispatched, ambiguous, orphaned, refunded}, "ok"},
        {{dispatched, ambiguous, written_off}, "conflict"},
    };
    effects_table effects(db);
    int n = 0;
    for (const auto& t : table)
        BOOST_TEST_CONTEXT("after " << (t.way.empty() ? name(intent) : name(t.way.back())))
        {
            const auto step = "step/" + std::to_string(++n);
            const auto id = "e" + std::to_string(n);
            BOOST_REQUIRE(effects.book(an_effect(id, "R1", step)));
            for (const auto s : t.way)
                BOOST_REQUIRE(effects.move(moved(id, s, s == accepted ? "ref-" + id : "")));
            BOOST_TEST(verdict(effects.book(an_effect(id + "b", "R1", step, 2))) == t.outcome);
        }
}

BOOST_AUTO_TEST_CASE(a_transition_that_does_not_exist_changes_nothing)
{
    effect_at("e1", {dispatched});
    effects_table effects(db);
    for (const auto s : {intent, dispatched, abandoned, not_executed, orphaned, refunded, written_off})
        BOOST_TEST(verdict(effects.move(moved("e1", s))) == "conflict", name(s));
    BOOST_TEST(text("SELECT state FROM effects") == "dispatched");
    BOOST_TEST(verdict(effects.move(moved("e9", dispatched))) == "not_found");
}

BOOST_AUTO_TEST_CASE(an_accepted_effect_has_an_id_of_the_provider_that_is_its_own_and_stays)
{
    effect_at("e1", {dispatched});
    effect_at("e2", {dispatched});
    effects_table effects(db);
    BOOST_TEST(verdict(effects.move(moved("e1", accepted))) == "conflict");
    BOOST_TEST(verdict(effects.move(moved("e1", accepted, "17"))) == "ok");
    BOOST_TEST(verdict(effects.move(moved("e2", accepted, "17"))) == "conflict");
    BOOST_TEST(verdict(effects.move(moved("e1", accepted, "18"))) == "conflict");
    BOOST_TEST(verdict(effects.move(moved("e1", accepted))) == "ok"); // more is known, the id stays
    BOOST_TEST(text("SELECT provider_ref FROM effects WHERE id='e1'") == "17");
}

BOOST_AUTO_TEST_CASE(the_times_of_dispatch_and_outcome_are_written_once)
{
    effect_at("e1", {});
    effects_table effects(db);
    auto at = [](effect_state to, int minutes, const char* ref = "") {
        auto m = moved("e1", to, ref);
        m.at = noon + std::chrono::minutes(minutes);
        return m;
    };
    const auto base = unix_ms(noon);
    BOOST_REQUIRE(effects.move(at(dispatched, 1)));
    BOOST_TEST(number("SELECT dispatched_at FROM effects") == base + 60'000);
    BOOST_TEST(text("SELECT settled_at FROM effects") == "(none)");
    BOOST_REQUIRE(effects.move(at(ambiguous, 2)));
    BOOST_TEST(text("SELECT settled_at FROM effects") == "(none)");
    BOOST_REQUIRE(effects.move(at(accepted, 3, "1")));
    BOOST_REQUIRE(effects.move(at(accepted, 4)));
    BOOST_TEST(number("SELECT settled_at FROM effects") == base + 180'000);
    BOOST_TEST(number("SELECT moved_at FROM effects") == base + 240'000);
    BOOST_TEST(number("SELECT dispatched_at FROM effects") == base + 60'000);
}

BOOST_AUTO_TEST_CASE(a_charge_is_clamped_and_in_another_unit_only_kept)
{
    effect_at("e1", {dispatched});
    effects_table effects(db);
    auto m = moved("e1", accepted, "1");
    m.charged = money(decimal::from_integer(3), "USD");
    BOOST_REQUIRE(effects.move(m));
    BOOST_TEST(number("SELECT charged FROM effects") == 3'000'000);
    BOOST_TEST(text("SELECT charged_unit FROM effects") == "USD");
    BOOST_TEST(number("SELECT cost FROM effects") == 4'000'000);
    m.charged = lira("-5");
    m.provider_ref.clear();
    BOOST_REQUIRE(effects.move(m));
    BOOST_TEST(number("SELECT cost FROM effects") == 0);
}

BOOST_AUTO_TEST_CASE(refunds_add_up_to_a_bound)
{
    effect_at("e1", {dispatched, accepted});
    effects_table effects(db);
    refund_effect back;
    back.id = effect_id("e1");
    for (int i = 0; i < 2; ++i) {
        back.amount = decimal::parse("1.5").value();
        BOOST_REQUIRE(effects.refund(back));
    }
    BOOST_TEST(number("SELECT refunded FROM effects") == 3'000'000);
    BOOST_TEST(number("SELECT cost FROM effects") == 1'000'000);
    back.amount = decimal::parse("-1").value();
    BOOST_TEST(verdict(effects.refund(back)) == "invalid_argument");
    back.amount = decimal::from_integer(2'000'000'000);
    BOOST_TEST(verdict(effects.refund(back)) == "invalid_argument");
    back.id = effect_id("e9");
    back.amount = decimal();
    BOOST_TEST(verdict(effects.refund(back)) == "not_found");
}

BOOST_AUTO_TEST_CASE(keys_and_spans_of_items)
{
    effect_at("e1", {});
    effects_table effects(db);
    BOOST_TEST(!effects.key_of(effect_id()).value().has_value());
    BOOST_TEST(verdict(effects.key_of(effect_id("e9"))) == "not_found");
    const auto key = effects.key_of(effect_id("e1")).value().value();
    for (const auto& [first, last] : {std::pair(10, 20), std::pair(15, 16), std::pair(5, 12), std::pair(18, 30)})
        BOOST_REQUIRE(effects.extend_item_span(key, first, last));
    BOOST_TEST(number("SELECT first_item FROM effects") == 5);
    BOOST_TEST(number("SELECT last_item FROM effects") == 30);
}

BOOST_AUTO_TEST_SUITE_END()
