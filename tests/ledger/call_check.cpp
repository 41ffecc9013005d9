// What rules a costly call is asked in the transaction that dispatches it.
#include "ledger/samples.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

struct call_check_fixture : ledger_fixture {
    /// Two runs, each with a call that is booked to the same three people.
    call_check_fixture()
    {
        for (const std::string run : {"R1", "R2"}) {
            const std::string effect = "e" + run.substr(1);
            BOOST_REQUIRE(commit(a_run(run), recipients(run), an_effect(effect, run, "chunk/1"),
                                 to(run, item_state::submitting, effect)));
        }
    }
    static std::string phone_at(int i) { return "555111" + std::to_string(2000 + i); }
    static add_items recipients(const std::string& run)
    {
        add_items out;
        out.run = run_id(run);
        for (int i = 0; i < 3; ++i) {
            out.items.emplace_back();
            out.items.back().position = i;
            out.items.back().phone = phone_at(i);
        }
        return out;
    }
    static move_items to(const std::string& run, item_state s, const std::string& effect)
    {
        move_items m;
        m.run = run_id(run);
        m.positions = {0, 1, 2};
        m.to = s;
        m.effect = effect_id(effect);
        return m;
    }
    static check_call check(const std::string& run, std::optional<wall_point> since = {}, const char* except = "")
    {
        check_call c;
        c.run = run_id(run);
        for (int i = 0; i < 3; ++i)
            c.recipients.phones.push_back(phone_at(i));
        c.recipients.messaged_since = since;
        c.recipients.except = effect_id(except);
        return c;
    }
    static suppress opted_out(int i)
    {
        suppress s;
        s.entry.phone = phone_at(i);
        s.entry.at = noon;
        return s;
    }
    static update_run state(run_state s)
    {
        update_run u(run_id("R1"));
        u.state = s;
        return u;
    }
    /// Dispatches the call of a run if the check allows it.
    result<receipt> dispatch(check_call c)
    {
        const std::string effect = "e" + c.run.text().substr(1);
        return commit(std::move(c), moved(effect, effect_state::dispatched));
    }
    effect_state state_of(const std::string& run)
    {
        effect_query q;
        q.run = run;
        return tests::loop_fixture::run(store->effects(q)).value().at(0).state;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(call_check_, call_check_fixture)

BOOST_AUTO_TEST_CASE(a_call_that_nothing_forbids_is_dispatched)
{
    BOOST_TEST(verdict(dispatch(check("R1", noon))) == "ok");
    BOOST_TEST(state_of("R1") == effect_state::dispatched);
}

BOOST_AUTO_TEST_CASE(one_who_opted_out_undoes_the_whole_dispatch)
{
    BOOST_REQUIRE(commit(opted_out(1)));
    const auto refused = dispatch(check("R1", noon));
    BOOST_TEST(verdict(refused) == "denied_now");
    BOOST_TEST(refused.error().message == "1 of 3 recipients may not be messaged any more: 1 opted out");
    BOOST_TEST(state_of("R1") == effect_state::intent);
    BOOST_REQUIRE(commit(unsuppress{phone_at(1)}));
    BOOST_TEST(verdict(dispatch(check("R1", noon))) == "ok");
}

BOOST_AUTO_TEST_CASE(an_opt_out_in_front_of_the_dispatch_in_the_same_commit_counts)
{
    BOOST_TEST(outcome(opted_out(2), check("R1"), moved("e1", effect_state::dispatched)) == "denied_now");
    BOOST_TEST(state_of("R1") == effect_state::intent);
}

BOOST_AUTO_TEST_CASE(of_two_runs_to_the_same_people_the_first_that_is_dispatched_has_them)
{
    BOOST_TEST(verdict(dispatch(check("R2", noon))) == "ok"); // the other one is only booked
    const auto refused = dispatch(check("R1", noon));
    BOOST_TEST(verdict(refused) == "denied_now");
    BOOST_TEST(refused.error().message ==
               "3 of 3 recipients may not be messaged any more: 3 got a message within the job's sent-within");
    BOOST_TEST(verdict(dispatch(check("R1", noon + 1ms))) == "ok"); // sent-within does not reach back so far
}

BOOST_AUTO_TEST_CASE(a_call_without_an_answer_holds_its_people_until_it_has_one_or_is_too_old)
{
    BOOST_REQUIRE(commit(check("R2", noon), moved("e2", effect_state::dispatched)));
    auto asked = check("R1", noon);
    const auto now_and_reason = [&] {
        std::string words;
        for (const auto& f : run(store->forbidden_recipients(asked.recipients)).value())
            words += f.reason + (f.under_way ? " under way " : " ");
        return words;
    };
    asked.recipients.answered_from = noon;
    BOOST_TEST(now_and_reason() == "sent-within under way sent-within under way sent-within under way ");
    const auto refused = dispatch(asked);
    BOOST_TEST(verdict(refused) == "denied_now");
    BOOST_TEST(refused.error().message ==
               "3 of 3 recipients may not be messaged any more: 3 in another call that is not answered yet");
    BOOST_REQUIRE(commit(opted_out(0))); // is not to be waited for
    BOOST_TEST(now_and_reason() == "opt-out sent-within under way sent-within under way ");
    asked.recipients.answered_from = noon + 1ms; // it is older
    BOOST_TEST(now_and_reason() == "opt-out sent-within sent-within ");
    asked.recipients.answered_from = noon;
    BOOST_REQUIRE(commit(moved("e2", effect_state::rejected)));
    BOOST_TEST(now_and_reason() == "opt-out ");
}

BOOST_AUTO_TEST_CASE(a_message_counts_whatever_else_is_under_way)
{
    BOOST_REQUIRE(commit(a_run("R3"), recipients("R3"), an_effect("e3", "R3", "chunk/1"),
                         to("R3", item_state::submitting, "e3"), moved("e3", effect_state::dispatched),
                         moved("e3", effect_state::ambiguous)));
    BOOST_REQUIRE(commit(moved("e2", effect_state::dispatched)));
    auto rules = check("R1", noon).recipients;
    rules.answered_from = noon;
    for (const auto& f : run(store->forbidden_recipients(rules)).value())
        BOOST_TEST((f.reason == "sent-within" && !f.under_way));
}

BOOST_AUTO_TEST_CASE(a_call_that_was_proven_not_sent_reaches_nobody)
{
    BOOST_REQUIRE(dispatch(check("R2", noon)));
    BOOST_REQUIRE(commit(moved("e2", effect_state::not_sent))); // its items are submitting still
    BOOST_TEST(verdict(dispatch(check("R1", noon))) == "ok");
}

BOOST_AUTO_TEST_CASE(a_doubt_counts_as_messaged_but_not_against_its_own_repetition)
{
    BOOST_REQUIRE(dispatch(check("R1", noon)));
    BOOST_REQUIRE(commit(moved("e1", effect_state::ambiguous), to("R1", item_state::ambiguous, "e1")));
    BOOST_TEST(outcome(check("R2", noon)) == "denied_now");
    BOOST_TEST(outcome(check("R1", noon)) == "denied_now");
    BOOST_TEST(outcome(check("R1", noon, "e1")) == "ok");
    BOOST_REQUIRE(commit(opted_out(0)));
    BOOST_TEST(outcome(check("R1", noon, "e1")) == "denied_now");
}

BOOST_AUTO_TEST_CASE(a_run_that_was_cancelled_ended_or_paused_dispatches_nothing)
{
    BOOST_REQUIRE(commit(state(run_state::paused)));
    BOOST_TEST(verdict(dispatch(check("R1"))) == "paused");
    BOOST_REQUIRE(commit(state(run_state::running)));
    BOOST_TEST(outcome(check("R1")) == "ok");
    update_run asked(run_id("R1"));
    asked.cancel_asked = true;
    BOOST_REQUIRE(commit(asked));
    BOOST_TEST(verdict(dispatch(check("R1"))) == "cancelled");
    BOOST_TEST(outcome(check("")) == "ok"); // a notice about it may go
    BOOST_REQUIRE(commit(state(run_state::cancelled)));
    BOOST_TEST(verdict(dispatch(check("R1"))) == "cancelled");
    BOOST_TEST(outcome(check("R9")) == "not_found");
    BOOST_TEST(state_of("R1") == effect_state::intent);
}

BOOST_AUTO_TEST_CASE(who_may_not_be_messaged_is_told_with_the_reason)
{
    BOOST_REQUIRE(dispatch(check("R2", noon)));
    BOOST_REQUIRE(commit(opted_out(2)));
    auto rules = check("R1", noon).recipients;
    rules.phones = {phone_at(2), "5550000000", phone_at(0)};
    const auto found = run(store->forbidden_recipients(rules)).value();
    BOOST_TEST_REQUIRE(found.size() == 2u);
    BOOST_TEST(found[0].phone == phone_at(2));
    BOOST_TEST(found[0].reason == "opt-out");
    BOOST_TEST(found[1].phone == phone_at(0));
    BOOST_TEST(found[1].reason == "sent-within");
    rules.messaged_since.reset();
    BOOST_TEST(run(store->forbidden_recipients(rules)).value().size() == 1u);
    rules.phones.clear();
    BOOST_TEST(run(store->forbidden_recipients(rules)).value().empty());
}

BOOST_AUTO_TEST_CASE(a_run_that_goes_on_leaves_out_whom_a_later_run_of_its_job_reached)
{
    // R2 is newer than R1 and of the same job. Booked is not dispatched.
    recipient_rules rules;
    rules.phones = {phone_at(0), phone_at(9)};
    rules.reached_job = "otp-watch";
    rules.reached_after = run_id("R1");
    BOOST_TEST(run(store->forbidden_recipients(rules)).value().empty());
    BOOST_REQUIRE(commit(moved("e2", effect_state::dispatched)));
    const auto found = run(store->forbidden_recipients(rules)).value();
    BOOST_TEST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].reason == "reached");
    check_call c;
    c.recipients = rules;
    BOOST_TEST(outcome(c) == "denied_now");
    c.recipients.except = effect_id("e2"); // the call itself, repeated
    BOOST_TEST(outcome(c) == "ok");
    for (const auto& [job, after] : {std::pair("other", "R1"), std::pair("otp-watch", "R2")}) {
        rules.reached_job = job;
        rules.reached_after = run_id(after);
        BOOST_TEST(run(store->forbidden_recipients(rules)).value().empty());
    }
}

BOOST_AUTO_TEST_CASE(budgets_are_asked_without_booking_anything)
{
    budget_limit limit;
    limit.name = "day";
    limit.job = "otp-watch";
    limit.limit = lira("10.00");
    auto asked = an_effect("e9", "R1", "chunk").effect;
    BOOST_TEST(verdict(run(store->check_budgets(asked, {limit}))) == "budget"); // two at 4.00 are booked
    limit.limit = lira("12.00");
    BOOST_TEST(verdict(run(store->check_budgets(asked, {limit}))) == "ok");
    BOOST_TEST(verdict(run(store->check_budgets(asked, {limit}))) == "ok");
}

BOOST_AUTO_TEST_SUITE_END()
