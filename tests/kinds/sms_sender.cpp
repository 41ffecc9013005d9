// Chunk by chunk: nobody is messaged twice, and everybody is accounted for.
#include "kinds/sms_send/sender.hpp"
#include "kinds/sms_stage_world.hpp"

#include <map>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_sender_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using ledger::item_state;
using names = std::vector<std::string>;

struct sender_world : sms_stage_world {
    std::string send_all()
    {
        const auto result = in_time(sender.send_all());
        return outcome_text(result, *progress);
    }
    /// How often each number was messaged.
    std::map<std::string, int> messaged() const
    {
        std::map<std::string, int> times;
        for (const auto& order : bulk.taken)
            for (const phone& p : order.numbers)
                ++times[p.digits()];
        return times;
    }
    void check_nobody_twice()
    {
        for (const auto& [number, times] : messaged())
            BOOST_TEST(times == 1, number << " was messaged " << times << " times");
    }
    std::int64_t seconds_gone() const { return (clock.wall_now() - begun) / 1s; }

    sms::send_pacer pacer{context, settings, progress};
    sms::purchaser purchaser{context, settings, bulk_account(), progress};
    sms::reconciler reconciler{context, settings, bulk_account(), progress};
    sms::sender sender{context, settings, account("bulk"),
                       sms::sender_dependencies{progress, pacer, purchaser, reconciler}};
    wall_point begun = clock.wall_now();
};

} // namespace

BOOST_FIXTURE_TEST_CASE(all_chunks_are_sent_and_each_is_a_step_of_its_own, sender_world)
{
    add_pending(5);
    BOOST_TEST(send_all() == "go on");
    BOOST_TEST(bulk.asked == 3);
    BOOST_TEST(messaged().size() == 5u);
    check_nobody_twice();
    BOOST_TEST(progress->last_chunk == 3);
    std::vector<std::string> steps;
    for (const auto& e : effects_of(id))
        steps.push_back(e.step);
    std::ranges::sort(steps);
    BOOST_TEST(steps == names({"chunk/1", "chunk/2", "chunk/3"}), boost::test_tools::per_element());
    BOOST_TEST(progress.count(item_state::submitted) == 5);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(without_pending_items_nothing_is_sent, sender_world)
{
    add_items({item_at(0, item_state::skipped)});
    BOOST_TEST(send_all() == "go on");
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(progress->last_chunk == 0);
}

BOOST_FIXTURE_TEST_CASE(each_text_goes_to_its_own_recipients, sender_world)
{
    progress->common_text.reset();
    add_items({item_at(0, item_state::pending, "Ali"), item_at(1, item_state::pending, "Ali"),
               item_at(2, item_state::pending, "Şeyma")});
    BOOST_TEST(send_all() == "go on");
    BOOST_TEST_REQUIRE(bulk.taken.size() == 2u);
    BOOST_TEST(bulk.taken[0].text == "Ali");
    BOOST_TEST(bulk.taken[0].numbers.size() == 2u);
    BOOST_TEST(bulk.taken[1].text == "Şeyma");
    BOOST_TEST((bulk.taken[1].encoding == providers::sms_encoding::turkish));
}

BOOST_FIXTURE_TEST_CASE(a_run_whose_text_is_lost_sends_nothing, sender_world)
{
    progress->common_text.reset();
    add_pending(1);
    BOOST_TEST(send_all() == "leaves: failed");
    BOOST_TEST(bulk.asked == 0);
}

BOOST_AUTO_TEST_CASE(the_answers_of_the_provider_decide_how_far_the_run_gets)
{
    using enum reply;
    struct sample {
        const char* what;
        std::vector<reply> answers; ///< then accepted
        errc refusal;
        std::string outcome;
        int calls;
        std::int64_t submitted, rejected, ambiguous;
    };
    const std::vector<sample> samples{
        {"all accepted", {}, errc::validation, "go on", 5, 10, 0, 0},
        {"one refused", {accept, refuse}, errc::validation, "go on", 5, 8, 2, 0},
        {"three refused", {refuse, refuse, refuse}, errc::validation, "early: validation", 3, 0, 6, 0},
        {"no credit", {accept, refuse}, errc::balance, "early: balance", 2, 2, 2, 0},
        {"a wrong password", {refuse}, errc::auth, "early: auth", 1, 0, 2, 0},
        {"not sent, then sent", {never_dispatch, drop_before}, errc::validation, "go on", 7, 10, 0, 0},
        {"limited, then sent", {limit, limit, limit, limit, limit, limit}, errc::validation, "go on", 11, 10, 0, 0},
        {"never reached",
         {never_dispatch, never_dispatch, never_dispatch, never_dispatch, never_dispatch, never_dispatch},
         errc::validation,
         "early: connect_failed",
         5,
         0,
         0,
         0},
        {"one ambiguous", {lose_answer}, errc::validation, "go on", 5, 8, 0, 2},
        {"three ambiguous", {lose_answer, lose_request, lose_answer}, errc::validation, "early: ambiguous", 3, 0, 0, 6},
        {"ambiguous and refused", {lose_answer, refuse, lose_answer}, errc::validation, "early: ambiguous", 3, 0, 2, 4},
        {"a success forgives", {refuse, refuse, accept, refuse, refuse}, errc::validation, "go on", 5, 2, 8, 0},
    };
    for (const sample& s : samples) {
        sender_world w;
        w.add_pending(10);
        w.bulk.replies.assign(s.answers.begin(), s.answers.end());
        w.bulk.refusal = error(s.refusal, "no", reach::answered);
        BOOST_TEST_CONTEXT(s.what)
        {
            BOOST_TEST(w.send_all() == s.outcome);
            BOOST_TEST(w.bulk.asked == s.calls);
            BOOST_TEST(w.progress.count(item_state::submitted) == s.submitted);
            BOOST_TEST(w.progress.count(item_state::rejected) == s.rejected);
            BOOST_TEST(w.progress.count(item_state::ambiguous) == s.ambiguous);
            // Whom nobody was asked to reach is skipped.
            const auto left = 10 - s.submitted - s.rejected - s.ambiguous;
            BOOST_TEST(w.progress.count(item_state::skipped) == left);
            w.check_nobody_twice();
            w.check_sum(w.id);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_rate_limit_is_waited_out_as_the_provider_asks, sender_world)
{
    add_pending(1);
    bulk.replies = {reply::limit};
    bulk.retry_after = 100s;
    BOOST_TEST(send_all() == "go on");
    BOOST_TEST(seconds_gone() >= 100);
    BOOST_TEST(seconds_gone() < 110);
}

BOOST_FIXTURE_TEST_CASE(a_disk_that_refuses_the_intent_is_waited_for, sender_world)
{
    add_pending(1);
    crashing.refuse = 2;
    BOOST_TEST(send_all() == "go on");
    BOOST_TEST(bulk.asked == 1);
    BOOST_TEST(seconds_gone() >= 3); // 1 s, then 2 s
}

BOOST_FIXTURE_TEST_CASE(a_budget_that_is_used_up_gives_up_the_rest, sender_world)
{
    add_pending(5);
    account("bulk").day_budget = money(decimal::from_integer(3), "credits");
    BOOST_TEST(send_all() == "early: budget");
    BOOST_TEST(bulk.asked == 1);
    BOOST_TEST(progress.count(item_state::skipped) == 3);
    BOOST_TEST(items_of(id).at(4).reason == "budget");
}

BOOST_FIXTURE_TEST_CASE(who_opts_out_between_two_chunks_is_left_alone, sender_world)
{
    add_pending(4);
    settings.pace.emplace();
    settings.pace->per_second = 0.1;
    settings.pace->unit = "requests";
    sms::send_pacer slow(context, settings, progress);
    sms::sender paced(context, settings, account("bulk"), {progress, slow, purchaser, reconciler});
    bulk.on_send = [this] {
        if (bulk.asked == 1)
            every_tick = [this] {
                opt_out(3);
                every_tick = [] {};
            };
    };
    BOOST_TEST(outcome_text(in_time(paced.send_all()), *progress) == "go on");
    BOOST_TEST(!messaged().contains(number_of(3)));
    BOOST_TEST(messaged().size() == 3u);
    BOOST_TEST(progress.counts().segments == 3);
    BOOST_TEST(items_of(id).at(3).reason == "opt-out");
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_skips_what_was_not_sent, sender_world)
{
    add_pending(6);
    bulk.replies = {reply::accept, reply::never_dispatch};
    bulk.on_send = [this] {
        if (bulk.asked == 2)
            cancel_run();
    };
    BOOST_TEST(send_all() == "early: cancelled");
    BOOST_TEST(progress.count(item_state::submitted) == 2);
    BOOST_TEST(progress.count(item_state::skipped) == 4);
    BOOST_TEST(bulk.asked == 2);
}

BOOST_FIXTURE_TEST_CASE(a_stop_of_the_daemon_leaves_the_rest_pending, sender_world)
{
    add_pending(6);
    bulk.on_send = [this] {
        if (bulk.asked == 1)
            stop_run();
    };
    BOOST_TEST(send_all() == "interrupted");
    BOOST_TEST(bulk.asked == 1);
    BOOST_TEST(progress.count(item_state::pending) >= 4);
    BOOST_TEST(progress.count(item_state::rejected) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_call_that_the_balance_disproves_is_made_again, sender_world)
{
    account("bulk").shared = false;
    add_pending(2);
    bulk.replies = {reply::lose_request};
    BOOST_TEST(send_all() == "go on");
    BOOST_TEST(bulk.asked == 2);
    check_nobody_twice();
    BOOST_TEST(progress.count(item_state::submitted) == 2);
    BOOST_TEST((effect_of(id, 0).state == effect_state::not_executed));
}

BOOST_AUTO_TEST_SUITE_END()
