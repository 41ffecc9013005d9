#include "ledger/samples.hpp"

#include <limits>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using enum ulak::ledger::effect_state;

namespace {

budget_limit of_run(const char* amount)
{
    budget_limit l;
    l.name = "run";
    l.run = "R1";
    l.limit = lira(amount);
    return l;
}

struct budget_fixture : ledger_fixture {
    budget_fixture() { BOOST_REQUIRE(commit(a_run("R1"), a_run("R2"))); }

    intend limited(const std::string& id, const char* cost, budget_limit l)
    {
        auto e = an_effect(id, "R1", "step/" + id, 1, cost);
        e.limits.push_back(std::move(l));
        return e;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(budget_, budget_fixture)

BOOST_AUTO_TEST_CASE(the_exact_limit_is_allowed_and_one_millionth_more_is_not)
{
    BOOST_TEST(outcome(limited("e1", "4.00", of_run("10"))) == "ok");
    BOOST_TEST(outcome(limited("e2", "6.000001", of_run("10"))) == "budget");
    BOOST_TEST(outcome(limited("e2", "6.00", of_run("10"))) == "ok");
    BOOST_TEST(outcome(limited("e3", "0.000001", of_run("10"))) == "budget");
    BOOST_TEST(outcome(limited("e3", "0", of_run("10"))) == "ok");
}

BOOST_AUTO_TEST_CASE(notices_do_not_use_up_what_a_runs_own_purchases_may_cost)
{
    auto notice = limited("n1", "8.00", of_run("10"));
    notice.effect.step = "notice/n1/1";
    BOOST_TEST(outcome(notice) == "ok");
    BOOST_TEST(outcome(limited("e1", "10.00", of_run("10"))) == "ok");
    auto another = limited("n2", "0.01", of_run("10"));
    another.effect.step = "notice/n2/1";
    BOOST_TEST(outcome(another) == "budget"); // notices themselves keep to the whole
}

BOOST_AUTO_TEST_CASE(an_amount_at_the_end_of_64_bits_fits_no_budget)
{
    const auto end = decimal::from_micros(std::numeric_limits<std::int64_t>::max());
    auto huge = an_effect("e1", "R1", "step/e1");
    huge.effect.expected.amount = end;
    BOOST_TEST(outcome(huge) == "budget"); // without a limit, too
    auto boundless = of_run("0");
    boundless.limit.amount = end;
    huge.limits.push_back(boundless);
    BOOST_TEST(outcome(huge) == "budget");
    BOOST_TEST(outcome(limited("e2", "1", boundless)) == "budget"); // a limit that overflowed allows nothing
}

/// Sums of amounts that are each allowed: 64 bits hold 9,223 of the greatest.
BOOST_AUTO_TEST_CASE(sums_beyond_64_bits_are_over_budget_and_are_still_told)
{
    constexpr int enough = 9'300;
    const std::string greatest = "1000000000";
    for (int i = 0; i < enough; ++i) {
        const auto id = "e" + std::to_string(i);
        BOOST_REQUIRE(commit(an_effect(id, "R1", "step/" + id, 1, greatest.c_str()), moved(id, dispatched),
                             moved(id, accepted, "ref-" + id)));
    }
    BOOST_TEST(outcome(limited("more", "0.000001", of_run("9223372036853"))) == "budget");
    BOOST_TEST(run(store->run(run_id("R1"))).value().spent.amount.overflowed());
    const auto spend = run(store->spend_totals(spend_grouping::job, time_zone::utc())).value();
    BOOST_TEST_REQUIRE(spend.size() == 1u);
    BOOST_TEST(spend[0].spent.amount.overflowed());
    // And what comes back does not bring the run's sum back to something believable.
    refund_effect back;
    back.id = effect_id("e1");
    back.amount = decimal::from_integer(1);
    BOOST_TEST(outcome(back) == "ok");
    BOOST_TEST(run(store->run(run_id("R1"))).value().spent.amount.overflowed());
}

BOOST_AUTO_TEST_CASE(the_error_names_limit_spent_and_asked)
{
    BOOST_REQUIRE(commit(limited("e1", "4.00", of_run("10"))));
    const auto refused = commit(limited("e2", "8.00", of_run("10")));
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message == "the run budget of 10.00 TRY would be passed: 4.00 TRY are spent or booked, "
                                          "8.00 TRY are asked");
}

BOOST_AUTO_TEST_CASE(what_did_not_happen_and_what_came_back_frees_the_budget)
{
    struct {
        std::vector<effect_state> way;
        const char* then;
    } const rows[] = {
        {{}, "budget"},
        {{abandoned}, "ok"},
        {{not_sent}, "ok"},
        {{dispatched}, "budget"},
        {{dispatched, accepted}, "budget"},
        {{dispatched, rejected}, "ok"},
        {{dispatched, ambiguous}, "budget"},
        {{dispatched, ambiguous, orphaned}, "budget"},
        {{dispatched, ambiguous, orphaned, refunded}, "ok"},
        {{dispatched, ambiguous, written_off}, "budget"}, // nobody knows that it was not paid
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT((row.way.empty() ? name(intent) : name(row.way.back())))
        {
            store = make_memory_ledger(io.get_executor());
            BOOST_REQUIRE(commit(a_run("R1"), limited("e1", "7", of_run("10"))));
            for (const auto s : row.way)
                BOOST_REQUIRE(commit(moved("e1", s, s == accepted ? "1" : "")));
            BOOST_TEST(outcome(limited("e2", "4", of_run("10"))) == row.then);
        }
}

BOOST_AUTO_TEST_CASE(refunds_free_exactly_what_came_back)
{
    BOOST_REQUIRE(commit(limited("e1", "10", of_run("10")), moved("e1", dispatched), moved("e1", accepted, "1")));
    refund_effect back;
    back.id = effect_id("e1");
    back.amount = decimal::from_integer(4);
    BOOST_TEST(outcome(limited("e2", "4", of_run("10"))) == "budget");
    BOOST_REQUIRE(commit(back));
    BOOST_TEST(outcome(limited("e2", "4.01", of_run("10"))) == "budget");
    BOOST_TEST(outcome(limited("e2", "4", of_run("10"))) == "ok");
    back.amount = decimal::from_integer(1000);
    BOOST_REQUIRE(commit(back));
    BOOST_TEST(outcome(limited("e3", "6.01", of_run("10"))) == "budget"); // a refund beyond the cost frees no more
}

BOOST_AUTO_TEST_CASE(the_charge_counts_once_it_is_known)
{
    auto dear = moved("e1", accepted, "1");
    dear.charged = lira("9");
    BOOST_REQUIRE(commit(limited("e1", "4", of_run("10")), moved("e1", dispatched), dear));
    BOOST_TEST(outcome(limited("e2", "2", of_run("10"))) == "budget");
    BOOST_TEST(outcome(limited("e2", "1", of_run("10"))) == "ok");
}

BOOST_AUTO_TEST_CASE(each_limit_counts_only_what_matches_it)
{
    auto elsewhere = an_effect("e0", "R2", "step/1", 1, "9");
    elsewhere.effect.job = "other";
    elsewhere.effect.account = "numbers";
    elsewhere.effect.intended_at = noon - std::chrono::hours(24);
    BOOST_REQUIRE(commit(elsewhere));
    auto limit = [](auto set) {
        budget_limit l;
        l.name = "day";
        l.limit = lira("10");
        set(l);
        return l;
    };
    const std::pair<const char*, budget_limit> rows[] = {
        {"ok", limit([](auto& l) { l.run = "R1"; })},
        {"budget", limit([](auto& l) { l.run = "R2"; })},
        {"ok", limit([](auto& l) { l.job = "otp-watch"; })},
        {"budget", limit([](auto& l) { l.job = "other"; })},
        {"ok", limit([](auto& l) { l.account = "tamonay"; })},
        {"budget", limit([](auto& l) { l.account = "numbers"; })},
        {"ok", limit([](auto& l) { l.since = noon; })},
        {"budget", limit([](auto&) {})},
        {"budget", limit([](auto& l) { l.since = noon - std::chrono::hours(24); })},
        {"ok", limit([](auto& l) { l.job = "other", l.account = "tamonay"; })},
    };
    int n = 0;
    for (const auto& [expected, l] : rows) {
        BOOST_TEST_CONTEXT("row " << ++n)
        {
            const auto id = "e" + std::to_string(n);
            BOOST_TEST(outcome(limited(id, "4", l)) == expected);
            (void)commit(moved(id, abandoned));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_limit_in_another_unit_refuses_what_it_cannot_compare)
{
    auto l = of_run("10");
    l.limit.unit = "USD";
    BOOST_TEST(outcome(limited("e1", "1", l)) == "budget");
    BOOST_TEST(outcome(limited("e1", "0", l)) == "ok");
}

BOOST_AUTO_TEST_CASE(a_refused_effect_takes_its_whole_batch_back)
{
    BOOST_TEST(outcome(an_event("first"), limited("e1", "11", of_run("10"))) == "budget");
    BOOST_TEST(run(store->events_after(0, 10)).value().empty());
}

BOOST_AUTO_TEST_CASE(absurd_amounts_do_not_overflow)
{
    for (int i = 0; i < 12; ++i) {
        const auto id = "e" + std::to_string(i);
        auto nonsense = moved(id, accepted, id);
        nonsense.charged = money(decimal::from_micros(std::numeric_limits<std::int64_t>::max()), "TRY");
        BOOST_REQUIRE(commit(an_effect(id, "R1", id), moved(id, dispatched), nonsense));
    }
    BOOST_TEST(outcome(limited("last", "1", of_run("10"))) == "budget");
    BOOST_TEST(run(store->spend_totals(spend_grouping::job, time_zone::utc())).value().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
