#include "kinds/sms_send/rehearsal.hpp"
#include "kinds/sms_stage_world.hpp"

#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_rehearsal_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;

struct rehearsal_world : sms_stage_world {
    rehearsal_world()
    {
        add_pending(3);
        settings.rehearsal.emplace();
        settings.rehearsal->to = {number_of(90), number_of(91)};
        settings.rehearsal->wait = 5min;
    }
    std::string send()
    {
        const auto result = in_time(rehearsal.send());
        return outcome_text(result, *progress);
    }
    bool all_items_are(item_state s)
    {
        return std::ranges::all_of(items_of(id), [&](const auto& i) { return i.state == s; });
    }
    std::int64_t seconds_gone() const { return (clock.wall_now() - begun) / 1s; }

    sms::send_pacer pacer{context, settings, progress};
    sms::purchaser purchaser{context, settings, bulk_account(), progress};
    sms::rehearsal rehearsal{context, settings, limits(), progress, pacer, purchaser};
    wall_point begun = clock.wall_now();
};

} // namespace

BOOST_FIXTURE_TEST_CASE(without_a_rehearsal_the_run_goes_on_at_once, rehearsal_world)
{
    settings.rehearsal.reset();
    BOOST_TEST(send() == "go on");
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(seconds_gone() == 0);
}

BOOST_FIXTURE_TEST_CASE(the_text_goes_to_the_numbers_of_the_rehearsal_and_the_run_waits, rehearsal_world)
{
    BOOST_TEST(send() == "go on");
    BOOST_TEST_REQUIRE(bulk.taken.size() == 1u);
    BOOST_TEST(bulk.taken[0].text == "Merhaba");
    BOOST_TEST_REQUIRE(bulk.taken[0].numbers.size() == 2u);
    BOOST_TEST(bulk.taken[0].numbers[0].digits() == number_of(90));
    BOOST_TEST(seconds_gone() >= 300);
    BOOST_TEST(effect_of(id).step == "rehearsal");
    BOOST_TEST(all_items_are(item_state::pending));
}

BOOST_FIXTURE_TEST_CASE(it_is_sent_once_and_a_restart_waits_for_the_rest_of_the_pause, rehearsal_world)
{
    progress->rehearsed = true;
    progress->wait_until = clock.wall_now() + 60s;
    BOOST_TEST(send() == "go on");
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(seconds_gone() >= 60);
    BOOST_TEST(seconds_gone() < 70);
}

BOOST_AUTO_TEST_CASE(only_an_accepted_rehearsal_lets_the_run_go_on)
{
    struct sample {
        reply answer;
        const char* outcome;
    };
    for (const sample& s :
         {sample{reply::refuse, "early: validation"}, sample{reply::lose_answer, "early: ambiguous"},
          sample{reply::lose_request, "early: ambiguous"}, sample{reply::never_dispatch, "early: connect_failed"}}) {
        rehearsal_world w;
        w.bulk.replies = {s.answer};
        BOOST_TEST(w.send() == s.outcome);
        BOOST_TEST(w.all_items_are(item_state::skipped));
        BOOST_TEST(w.items_of(w.id).at(0).reason == "rehearsal");
        BOOST_TEST(w.bulk.asked == 1);
    }
}

BOOST_FIXTURE_TEST_CASE(numbers_that_opted_out_are_not_rehearsed_with, rehearsal_world)
{
    opt_out(90);
    BOOST_TEST(send() == "go on");
    BOOST_TEST_REQUIRE(bulk.taken.size() == 1u);
    BOOST_TEST_REQUIRE(bulk.taken[0].numbers.size() == 1u);
    BOOST_TEST(bulk.taken[0].numbers[0].digits() == number_of(91));
}

BOOST_FIXTURE_TEST_CASE(without_anybody_to_rehearse_with_the_run_goes_on, rehearsal_world)
{
    opt_out(90);
    opt_out(91);
    BOOST_TEST(send() == "go on");
    BOOST_TEST(bulk.asked == 0);
}

BOOST_FIXTURE_TEST_CASE(without_anybody_to_send_to_nothing_is_rehearsed, rehearsal_world)
{
    commit({moved(id, {0, 1, 2}, item_state::pending, item_state::skipped)});
    BOOST_TEST(send() == "go on");
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(seconds_gone() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_before_it_skips_all, rehearsal_world)
{
    context.request_cancel();
    BOOST_TEST(send() == "early: cancelled");
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(all_items_are(item_state::skipped));
}

BOOST_FIXTURE_TEST_CASE(a_clock_that_comes_into_doubt_at_the_gate_is_waited_for, rehearsal_world)
{
    std::optional<doubting_judge> judge;
    bulk.on_send = [&] {
        if (bulk.asked == 1)
            judge.emplace(clock);
    };
    int ticks = 0;
    every_tick = [&] {
        BOOST_TEST((judge || bulk.asked != 1 || ticks > 30));
        if (judge && ++ticks == 30)
            judge.reset();
    };
    BOOST_TEST(send() == "go on");
    BOOST_TEST(bulk.asked == 2);
    BOOST_TEST(bulk.taken.size() == 1u);
    BOOST_TEST(all_items_are(item_state::pending));
}

BOOST_FIXTURE_TEST_CASE(a_day_that_begins_at_the_gate_is_booked_anew, rehearsal_world)
{
    bulk.on_send = [&] {
        if (bulk.asked == 1)
            clock.jump_wall(24h);
    };
    BOOST_TEST(send() == "go on");
    BOOST_TEST(bulk.asked == 2);
    BOOST_TEST(bulk.taken.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_run_that_is_paused_at_the_gate_waits, rehearsal_world)
{
    const auto set_state = [&](ledger::run_state s) {
        ledger::update_run u(id);
        u.state = s;
        commit(ledger::batch(1, std::move(u)));
    };
    bulk.on_send = [&] {
        if (bulk.asked == 1)
            set_state(ledger::run_state::paused);
    };
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 30) {
            BOOST_TEST(bulk.taken.empty());
            set_state(ledger::run_state::running);
        }
    };
    BOOST_TEST(send() == "go on");
    BOOST_TEST(bulk.taken.size() == 1u);
    BOOST_TEST(all_items_are(item_state::pending));
}

BOOST_FIXTURE_TEST_CASE(a_stop_of_the_daemon_while_it_is_bought_interrupts_the_run, rehearsal_world)
{
    auto held = std::make_shared<std::optional<async::permit>>(account("bulk").purchase_permits->try_acquire());
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 5)
            stop_run();
    };
    BOOST_TEST(send() == "interrupted");
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(all_items_are(item_state::pending));
    held->reset();
}

BOOST_AUTO_TEST_SUITE_END()
