// Who may be messaged is decided in the gate, by the store, however long a call waited for its turn.
#include "kinds/sms_send/repeat_send.hpp"
#include "kinds/sms_send/send_order.hpp"
#include "kinds/sms_world.hpp"
#include "providers/duplicate_guard.hpp"
#include "providers/sms_order_list.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_gate_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using ledger::item_state;
using ledger::run_state;

/// A provider whose repetitions are safe: it refuses the same order twice. Its list shows nothing.
struct guarded_sms : fake_sms, providers::sms_order_list, providers::duplicate_guard {
    task<result<std::vector<providers::listed_sms>>> recent_orders(std::chrono::milliseconds) override
    {
        co_return std::vector<providers::listed_sms>();
    }
    std::chrono::milliseconds duplicate_window() const override { return 9min; }

    task<providers::outcome<providers::sms_receipt>> send(providers::sms_order o, providers::purchase_gate how) override
    {
        const auto same = [&](const providers::sms_order& old) {
            return std::ranges::equal(old.numbers, o.numbers, {}, &phone::digits, &phone::digits);
        };
        if (replies.empty() && std::ranges::any_of(taken, same)) {
            replies.push_back(reply::refuse);
            refusal = error(errc::duplicate, "again", reach::answered);
        }
        return fake_sms::send(std::move(o), std::move(how));
    }
};

/// `on_send` of the account is called when a call has had its turn and before its gate, as the dial is.
struct gate_world : sms_world {
    void opt_out(const std::string& phone)
    {
        ledger::suppress s;
        s.entry.phone = phone;
        commit(ledger::batch(1, std::move(s)));
    }
    std::set<std::string> messaged(const fake_sms& by)
    {
        std::set<std::string> all;
        for (const auto& order : by.taken)
            for (const phone& p : order.numbers)
                BOOST_TEST(all.insert(p.digits()).second, p.digits() << " was messaged twice");
        return all;
    }
    std::string reason_of(const run_id& id, const std::string& phone)
    {
        for (const auto& i : items_of(id))
            if (i.phone == phone)
                return std::string(ledger::name(i.state)) + " " + i.reason;
        return "absent";
    }
    std::vector<std::string> effect_states(const run_id& id)
    {
        std::vector<std::string> all;
        for (const auto& e : effects_of(id))
            all.push_back(std::string(ledger::name(e.state)));
        return all;
    }
    guarded_sms& with_guard()
    {
        auto sender = std::make_unique<guarded_sms>();
        auto& sms = *sender;
        kept_ = account("bulk").sms; // `bulk` still names it
        account("bulk").balances.reset();
        account("bulk").sms = std::move(sender);
        return sms;
    }

  private:
    std::shared_ptr<providers::sms_sender> kept_{};
};

using names = std::vector<std::string>;
using phones = std::set<std::string>;

} // namespace

BOOST_FIXTURE_TEST_CASE(who_opts_out_while_a_call_waits_for_its_turn_is_left_out_and_the_others_are_not, gate_world)
{
    const auto work = load(job_with(three));
    const auto id = create_run();
    bulk.on_send = [&] {
        if (bulk.asked == 1)
            opt_out("5551112234");
    };
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST((messaged(bulk) == phones{"5551112233", "5551112235"}));
    BOOST_TEST(reason_of(id, "5551112234") == "skipped opt-out");
    BOOST_TEST(effect_states(id) == names({"not_sent", "accepted"}), boost::test_tools::per_element());
    BOOST_TEST(counted(id, "delivered") == 2);
    BOOST_TEST(counted(id, "segments") == 2);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(when_all_of_a_chunk_opt_out_one_by_one_nobody_is_messaged, gate_world)
{
    const auto work = load(job_with(three));
    const auto id = create_run();
    bulk.on_send = [&] { opt_out("555111223" + std::to_string(2 + bulk.asked)); };
    BOOST_TEST(resume(*work, id).has_value());
    BOOST_TEST(bulk.taken.empty());
    BOOST_TEST(bulk.asked == 3);
    BOOST_TEST(counted(id, "skipped") == 3);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_window_that_closes_while_a_call_waits_leaves_its_people_for_the_next, gate_world)
{
    const auto work = load(job_with(three, "", "window: {from: \"08:00\", to: \"09:05\"}\n")); // it is nine
    const auto id = create_run();
    std::vector<std::string> sent;
    bulk.on_send = [&] {
        if (bulk.asked == 1)
            clock.jump_wall(10min);
        else
            sent.push_back(rfc3339(clock.wall_now()).substr(11, 5));
    };
    BOOST_TEST((resume(*work, id, 26h, 10min)->state == run_state::succeeded));
    BOOST_TEST(sent == names({"08:00"}), boost::test_tools::per_element());
    BOOST_TEST(effect_states(id) == names({"not_sent", "accepted"}), boost::test_tools::per_element());
    BOOST_TEST(messaged(bulk).size() == 3u);
    check_sum(id);
}

namespace {

/// A run to two people; when its first call has its turn, another run's call to one of them has left.
struct two_runs_world : gate_world {
    two_runs_world()
    {
        bulk.on_send = [this] {
            if (bulk.asked == 1)
                dispatch_other();
        };
    }
    void dispatch_other()
    {
        const auto second = create_run("other");
        ledger::intend booked;
        booked.effect.id = effect_id("E2");
        booked.effect.run = second;
        booked.effect.step = "chunk/1";
        booked.effect.operation = "sms.send";
        booked.effect.account = "bulk";
        booked.effect.expected = money(decimal::from_integer(1), "credits");
        booked.effect.intended_at = clock.wall_now();
        ledger::add_items add;
        add.run = second;
        add.items.resize(1);
        add.items[0].phone = "5551112234";
        add.items[0].state = item_state::submitting;
        add.items[0].effect = effect_id("E2");
        ledger::batch changes;
        changes.push_back(std::move(booked));
        changes.push_back(std::move(add));
        commit(std::move(changes));
        move_other(effect_state::dispatched);
    }
    void move_other(effect_state to)
    {
        ledger::move_effect move(effect_id("E2"), to);
        move.at = clock.wall_now();
        if (to == effect_state::accepted)
            move.provider_ref = "Q2";
        commit(ledger::batch(1, std::move(move)));
    }
    /// After so many seconds of waiting, once.
    void later(int seconds, std::function<void()> what)
    {
        every_tick = [this, seconds, what = std::move(what), ticks = std::make_shared<int>(0)] {
            if (bulk.asked >= 1 && ++*ticks == seconds)
                what();
        };
    }

    std::shared_ptr<const kinds::prepared_job> work =
        load(job_with("{list: [\"5551112233\", \"5551112234\"], exclude: [sent-within 2h]}"));
    std::shared_ptr<const kinds::prepared_job> other = load(job_with("{list: [\"5551112234\"]}"), "other");
    run_id id = create_run();
};

} // namespace

BOOST_AUTO_TEST_CASE(whom_another_runs_call_may_reach_waits_for_its_answer)
{
    struct row {
        effect_state other;
        phones reached;
        const char* reason;
    };
    const phones first{"5551112233"}, both{"5551112233", "5551112234"};
    for (const auto& r :
         {row{effect_state::accepted, first, "skipped sent-within"},
          row{effect_state::ambiguous, first, "skipped sent-within"}, row{effect_state::rejected, both, "delivered "},
          row{effect_state::rate_limited, both, "delivered "}, row{effect_state::not_sent, both, "delivered "}})
        BOOST_TEST_CONTEXT(ledger::name(r.other))
        {
            two_runs_world w;
            w.later(60, [&] {
                BOOST_TEST((w.messaged(w.bulk) == first)); // who is in no other call does not wait
                BOOST_TEST(w.reason_of(w.id, "5551112234") == "pending ");
                w.move_other(r.other);
            });
            BOOST_TEST((w.resume(*w.work, w.id)->state == run_state::succeeded));
            BOOST_TEST((w.messaged(w.bulk) == r.reached));
            BOOST_TEST(w.reason_of(w.id, "5551112234") == r.reason);
            w.check_sum(w.id);
        }
}

BOOST_FIXTURE_TEST_CASE(a_call_that_is_never_answered_is_not_waited_for_without_end, two_runs_world)
{
    const auto begun = clock.wall_now();
    wall_point skipped_at{};
    every_tick = [&] {
        if (skipped_at == wall_point() && bulk.asked >= 1 && reason_of(id, "5551112234") == "skipped sent-within")
            skipped_at = clock.wall_now();
    };
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST((messaged(bulk) == phones{"5551112233"}));
    BOOST_TEST((skipped_at - begun > kinds::longest_call - 10s));
    BOOST_TEST((skipped_at - begun < kinds::longest_call + 1min));
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_ends_the_wait_for_another_runs_call, two_runs_world)
{
    later(60, [&] { cancel_run(); });
    BOOST_TEST((resume(*work, id)->state == run_state::cancelled));
    BOOST_TEST((messaged(bulk) == phones{"5551112233"}));
    BOOST_TEST(reason_of(id, "5551112234") == "skipped cancelled");
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(the_wait_for_another_runs_call_goes_on_after_a_restart, two_runs_world)
{
    later(60, [&] { stop_run(); });
    resume(*work, id);
    BOOST_TEST(reason_of(id, "5551112234") == "pending ");
    later(60, [&] { move_other(effect_state::rejected); });
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST((messaged(bulk) == phones{"5551112233", "5551112234"}));
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_that_only_the_store_knows_sends_nothing, gate_world)
{
    const auto work = load(job_with(three));
    const auto id = create_run();
    bulk.on_send = [&] {
        ledger::update_run asked(id);
        asked.cancel_asked = true;
        commit(ledger::batch(1, std::move(asked)));
        every_tick = [this] { cancel_run(); };
    };
    BOOST_TEST((resume(*work, id)->state == run_state::cancelled));
    BOOST_TEST(bulk.taken.empty());
    BOOST_TEST(counted(id, "skipped") == 3);
}

BOOST_FIXTURE_TEST_CASE(a_run_that_is_paused_in_the_store_waits, gate_world)
{
    const auto work = load(job_with(three));
    const auto id = create_run();
    const auto set_state = [&](run_state s) {
        ledger::update_run u(id);
        u.state = s;
        commit(ledger::batch(1, std::move(u)));
    };
    bulk.on_send = [&] {
        if (bulk.asked == 1)
            set_state(run_state::paused);
    };
    int beats = 0;
    every_tick = [&] {
        BOOST_TEST(((++beats > 30) || bulk.taken.empty()));
        if (beats == 30)
            set_state(run_state::running);
    };
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(messaged(bulk).size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(a_rehearsal_asks_the_gate_as_well, gate_world)
{
    const auto work = load(job_with(three, "", "rehearse: {to: [\"5559998877\", \"5559998878\"], wait: 5m}\n"));
    const auto id = create_run();
    bulk.on_send = [&] {
        if (bulk.asked == 1)
            opt_out("5559998877");
    };
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST_REQUIRE(bulk.taken.size() == 2u);
    BOOST_TEST_REQUIRE(bulk.taken[0].numbers.size() == 1u);
    BOOST_TEST(bulk.taken[0].numbers[0].digits() == "5559998878");
}

BOOST_FIXTURE_TEST_CASE(a_repetition_is_not_made_when_somebody_of_it_opted_out, gate_world)
{
    auto& sms = with_guard();
    const auto work = load(job_with(three));
    sms.replies = {reply::lose_request};
    const auto id = create_run();
    sms.on_send = [&] {
        if (sms.asked == 2) // the repetition
            opt_out("5551112234");
    };
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST(sms.asked == 2);
    BOOST_TEST(sms.taken.empty());
    BOOST_TEST((effect_of(id).state == effect_state::ambiguous));
    BOOST_TEST(effect_of(id).evidence.find("1 of 3 recipients may not be messaged any more") != std::string::npos,
               effect_of(id).evidence);
    BOOST_TEST(attention().size() == 1u);
    BOOST_TEST(counted(id, "ambiguous") == 3);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_repetition_is_not_made_after_the_window_closed, gate_world)
{
    auto& sms = with_guard();
    const auto work = load(job_with(three, "", "window: {from: \"08:00\", to: \"09:05\"}\n"));
    sms.replies = {reply::lose_request};
    const auto id = create_run();
    sms.on_send = [&] {
        if (sms.asked == 2)
            clock.jump_wall(5min);
    };
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST(sms.taken.empty());
    BOOST_TEST(effect_of(id).evidence.find("the window closed") != std::string::npos, effect_of(id).evidence);
}

BOOST_FIXTURE_TEST_CASE(a_repetition_that_is_refused_after_its_note_is_not_told_as_made, gate_world)
{
    auto& sms = with_guard();
    const auto work = load(job_with(three, "", "window: {from: \"08:00\", to: \"09:05\"}\n"));
    sms.replies = {reply::lose_request};
    const auto id = create_run();
    std::string told;
    crashing.committed = [&](const ledger::batch& changes) {
        for (const auto& change : changes)
            if (const auto* move = std::get_if<ledger::move_effect>(&change);
                move && move->evidence.find("repeated") != std::string::npos) {
                if (told.empty())
                    clock.jump_wall(5min);                          // while the disk was busy with the note
                if (told.find("not repeated") == std::string::npos) // what comes later is the reconciliation's
                    told = move->evidence;
            }
    };
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST(sms.asked == 2);
    BOOST_TEST(sms.taken.empty());
    BOOST_TEST(told.find("to be repeated at") != std::string::npos, told);
    BOOST_TEST(told.find("not repeated: the window closed before it was sent") != std::string::npos, told);
}

BOOST_AUTO_TEST_CASE(who_opts_out_between_a_crash_and_the_next_start_is_not_messaged)
{
    for (const reply first : {reply::accept, reply::lose_request, reply::lose_answer})
        for (const bool after : {false, true})
            for (int n = 1;; ++n) {
                BOOST_TEST_REQUIRE(n < 40);
                gate_world w;
                auto& sms = w.with_guard();
                const auto work = w.load(job_with(three));
                sms.replies = {first};
                const auto id = w.create_run();
                w.crashing.crash_at = n;
                w.crashing.after = after;
                w.resume(*work, id);
                const bool died = w.has_crashed;
                if (!died)
                    break;
                w.crashing.crash_at = 0;
                w.opt_out("5551112234");
                const auto before = sms.taken.size();
                w.recover();
                BOOST_TEST_CONTEXT("commit " << n << (after ? " after" : " before"))
                {
                    BOOST_TEST(w.resume(*work, id).has_value());
                    for (auto at = before; at < sms.taken.size(); ++at)
                        for (const phone& p : sms.taken[at].numbers)
                            BOOST_TEST(p.digits() != "5551112234");
                    w.messaged(sms);
                    w.check_sum(id);
                }
            }
}

BOOST_AUTO_TEST_SUITE_END()
