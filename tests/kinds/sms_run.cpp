// The stages of a run in their order, and how it ends.
#include "kinds/sms_send/sms_run.hpp"
#include "kinds/sms_stage_world.hpp"

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_run_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using ledger::run_state;
using names = std::vector<std::string>;

struct run_world : sms_stage_world {
    run_world()
    {
        for (std::int64_t i = 0; i < 3; ++i)
            settings.recipients.numbers.push_back(job::text_template::parse(number_of(i)).value());
    }
    /// "succeeded", "failed: CODE", "interrupted" …
    std::string execute(sms::progress stored = {})
    {
        sms::sms_run one(context, settings, bulk_account(), std::move(stored));
        const auto end = in_time(one.execute());
        if (end.interrupted)
            return "interrupted";
        std::string text(ledger::name(end.state));
        return end.failure ? text + ": " + std::string(name(end.failure->code)) : text;
    }
    /// A run that was cut off while it was sending.
    sms::progress sending(int last_chunk)
    {
        sms::progress p;
        p.stage = sms::run_stage::sending;
        p.listed = 3;
        p.last_chunk = last_chunk;
        p.common_text = measured("Merhaba");
        return p;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_run_lists_sends_and_tracks, run_world)
{
    BOOST_TEST(execute() == "succeeded");
    BOOST_TEST(states() == names({"delivered", "delivered", "delivered"}), boost::test_tools::per_element());
    BOOST_TEST(bulk.asked == 2);
    BOOST_TEST(stored("stage") == "\"tracking\"");
    BOOST_TEST(json::serialize(result_of(id)) ==
               R"({"queues":[{"id":"q1","recipients":2},{"id":"q2","recipients":1}]})");
}

BOOST_FIXTURE_TEST_CASE(a_run_that_was_cut_off_while_it_sent_sends_the_rest, run_world)
{
    add_items({item_at(0, item_state::submitted), item_at(1), item_at(2)});
    BOOST_TEST(execute(sending(1)) == "succeeded");
    BOOST_TEST(bulk.asked == 1);
    BOOST_TEST(effect_of(id).step == "chunk/2");
}

BOOST_FIXTURE_TEST_CASE(the_call_that_was_cut_off_is_reconciled_before_anything_is_sent, run_world)
{
    account("bulk").shared = false;
    auto stored = sending(1);
    stored.balance_before.emplace();
    stored.balance_before->amount = money(decimal::from_integer(100'000), "credits");
    stored.balance_before->at = clock.wall_now();
    pass(1s);
    add_pending(3);
    const auto call = lose_call({0, 1});
    bulk.on_send = [&] { BOOST_TEST((run_effect(id, call.id).state == ledger::effect_state::not_executed)); };
    BOOST_TEST(execute(stored) == "succeeded"); // the balance did not move, so both are sent to
    BOOST_TEST(states() == names({"delivered", "delivered", "delivered"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(earlier_calls_are_not_reconciled_again, run_world)
{
    add_pending(3);
    const auto call = lose_call({0}, "chunk/1");
    BOOST_TEST(execute(sending(2)) == "attention: ambiguous");
    BOOST_TEST(account("bulk").reconciled->contains(call.id.text()));
    BOOST_TEST(states() == names({"ambiguous", "delivered", "delivered"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_run_that_had_stopped_sending_skips_the_rest_after_a_restart, run_world)
{
    add_items({item_at(0, item_state::submitted), item_at(1), item_at(2)});
    auto stored = sending(1);
    stored.stop_reason.emplace(errc::cancelled, "cancelled");
    BOOST_TEST(execute(stored) == "cancelled: cancelled");
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(states() == names({"submitted", "skipped", "skipped"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_reason_to_stop_decides_how_the_run_ends)
{
    struct sample {
        errc reason;
        const char* end;
    };
    for (const sample& s :
         {sample{errc::cancelled, "cancelled: cancelled"}, sample{errc::ambiguous, "attention: ambiguous"},
          sample{errc::conflict, "attention: conflict"}, sample{errc::budget, "failed: budget"},
          sample{errc::balance, "failed: balance"}, sample{errc::window, "failed: window"}}) {
        run_world w;
        auto stored = w.sending(0);
        stored.stop_reason.emplace(s.reason, "why");
        BOOST_TEST(w.execute(stored) == s.end);
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_not_known_goes_before_why_the_run_stopped, run_world)
{
    add_pending(3);
    lose_call({0});
    auto stored = sending(2);
    stored.stop_reason.emplace(errc::balance, "no credit");
    BOOST_TEST(execute(stored) == "attention: ambiguous");
}

BOOST_FIXTURE_TEST_CASE(a_run_whose_every_message_was_refused_fails, run_world)
{
    bulk.replies = {reply::refuse, reply::refuse};
    BOOST_TEST(execute() == "failed: validation");
    BOOST_TEST(progress.count(item_state::rejected) == 0); // of the run's own progress, not of the test's
    BOOST_TEST(counted(id, "rejected") == 3);
}

BOOST_FIXTURE_TEST_CASE(a_run_that_is_cancelled_while_it_tracks_ends_as_cancelled, run_world)
{
    bulk.reports = [](const providers::sms_order&) { return providers::sms_report(); };
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 30)
            cancel_run();
    };
    BOOST_TEST(execute() == "cancelled");
    BOOST_TEST(states() == names({"submitted", "submitted", "submitted"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_stop_of_the_daemon_leaves_the_run_where_it_is, run_world)
{
    bulk.reports = [](const providers::sms_order&) { return providers::sms_report(); };
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 30)
            stop_run();
    };
    BOOST_TEST(execute() == "interrupted");
    BOOST_TEST(stored("stage") == "\"tracking\"");
}

BOOST_AUTO_TEST_SUITE_END()
