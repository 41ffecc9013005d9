// A call that nobody answered is settled by evidence only, and never by guessing.
#include "kinds/sms_send/reconciler.hpp"
#include "kinds/sms_stage_world.hpp"
#include "providers/duplicate_guard.hpp"

#include <functional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_reconciler_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using ledger::item_state;
using names = std::vector<std::string>;

/// A provider with a list of orders that refuses the same order twice.
struct guarded_provider : fake_sms, providers::sms_order_list, providers::duplicate_guard {
    task<result<std::vector<providers::listed_sms>>> recent_orders(std::chrono::milliseconds) override
    {
        ++list_reads;
        on_list();
        if (list_fails)
            co_return *list_fails;
        co_return listed;
    }
    std::chrono::milliseconds duplicate_window() const override { return window; }

    std::vector<providers::listed_sms> listed{};
    std::optional<error> list_fails{};
    std::function<void()> on_list = [] {};
    std::chrono::milliseconds window = 0min;
    int list_reads = 0;
};

struct reconciler_world : sms_stage_world {
    reconciler_world() { add_pending(3); }

    /// The world's own account, or one with a list.
    guarded_provider& with_list()
    {
        auto owned = std::make_unique<guarded_provider>();
        auto& provider = *owned;
        replaced_ = account("bulk").sms; // `bulk` still names it
        account("bulk").sms = std::move(owned);
        account("bulk").balances.reset();
        return provider;
    }
    /// The provider executed the call as `queue` and shows it.
    void show(guarded_provider& provider, const std::string& queue)
    {
        providers::listed_sms order;
        order.id = queue;
        order.sender = "MARKA";
        order.total = 2;
        order.submitted = clock.wall_now();
        provider.listed.push_back(order);
        providers::sms_order content;
        for (const auto position : {0, 1})
            content.numbers.push_back(phone::parse(number_of(position)).value());
        provider.queues[queue] = provider.taken.size();
        provider.taken.push_back(std::move(content));
    }
    void lose()
    {
        call = lose_call({0, 1});
        BOOST_TEST(run(progress.reload_counts()).has_value());
    }
    sms::reconciliation reconcile()
    {
        sms::reconciler reconciler(context, settings, bulk_account(), progress);
        return in_time(reconciler.reconcile(call.id));
    }
    ledger::effect_record settled() { return run_effect(id, call.id); }
    /// The balance before the call, on an account that nobody else uses.
    void remember_balance(int credits)
    {
        account("bulk").shared = false;
        kinds::balance_snapshot before;
        before.amount = money(decimal::from_integer(credits), "credits");
        before.at = clock.wall_now();
        progress->balance_before = before;
        pass(1s);
    }

    ledger::effect_record call{};

  private:
    std::shared_ptr<providers::sms_sender> replaced_{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_call_that_is_settled_already_is_left_alone, reconciler_world)
{
    lose();
    ledger::move_effect move(call.id, effect_state::not_executed);
    move.at = clock.wall_now();
    commit({move});
    const auto done = reconcile();
    BOOST_TEST(done.stage.goes_on());
    BOOST_TEST(!done.pending_again);
    call.id = effect_id("unknown");
    BOOST_TEST(reconcile().stage.goes_on());
}

BOOST_FIXTURE_TEST_CASE(an_order_in_the_list_is_adopted_with_its_items, reconciler_world)
{
    auto& provider = with_list();
    lose();
    show(provider, "q7");
    const auto done = reconcile();
    BOOST_TEST(done.stage.goes_on());
    BOOST_TEST(!done.pending_again);
    BOOST_TEST((settled().state == effect_state::accepted));
    BOOST_TEST(settled().provider_ref == "q7");
    BOOST_TEST(settled().charged->text() == "2 credits");
    BOOST_TEST(states() == names({"submitted", "submitted", "pending"}), boost::test_tools::per_element());
    BOOST_TEST(items_of(id).at(0).queue == "q7");
    BOOST_TEST(progress.count(item_state::submitted) == 2);
    BOOST_TEST(progress.count(item_state::ambiguous) == 0);
    BOOST_TEST(published.count("effect.reconciled") == 1u);
    BOOST_TEST(provider.asked == 0);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_slow_list_is_read_three_times, reconciler_world)
{
    auto& provider = with_list();
    lose();
    std::vector<std::int64_t> read_at;
    const auto begun = clock.wall_now();
    provider.on_list = [&] { read_at.push_back((clock.wall_now() - begun) / 1s); };
    BOOST_TEST(reconcile().stage.goes_on());
    BOOST_TEST(read_at == std::vector<std::int64_t>({2, 10, 30}), boost::test_tools::per_element());
    BOOST_TEST((settled().state == effect_state::ambiguous), "an order that is not listed may have been executed");
    BOOST_TEST(settled().evidence.find("does not show it") != std::string::npos, settled().evidence);
    BOOST_TEST(states() == names({"ambiguous", "ambiguous", "pending"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(an_order_that_is_listed_late_is_adopted, reconciler_world)
{
    auto& provider = with_list();
    lose();
    provider.on_list = [&] {
        if (provider.list_reads == 3)
            show(provider, "q7");
    };
    BOOST_TEST(reconcile().stage.goes_on());
    BOOST_TEST((settled().state == effect_state::accepted));
}

BOOST_AUTO_TEST_CASE(a_list_that_cannot_be_read_settles_nothing)
{
    struct sample {
        errc code;
        int reads; ///< where a second read would meet the same failure
    };
    for (const sample& s : {sample{errc::transient, 3}, sample{errc::timed_out, 3}, sample{errc::auth, 1},
                            sample{errc::unsupported, 1}, sample{errc::not_found, 1}, sample{errc::contract, 1}}) {
        reconciler_world w;
        auto& provider = w.with_list();
        w.lose();
        provider.list_fails.emplace(s.code, "no list", reach::answered);
        BOOST_TEST_CONTEXT(name(s.code))
        {
            BOOST_TEST(w.reconcile().stage.goes_on());
            BOOST_TEST(provider.list_reads == s.reads);
            BOOST_TEST((w.settled().state == effect_state::ambiguous));
            BOOST_TEST(w.settled().evidence.find("no list") != std::string::npos);
            BOOST_TEST(w.published.count("provider.error") == 1u);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_repetition_that_is_accepted_replaces_the_lost_order, reconciler_world)
{
    auto& provider = with_list();
    provider.window = 9min;
    lose();
    BOOST_TEST(reconcile().stage.goes_on());
    BOOST_TEST(provider.asked == 1);
    BOOST_TEST_REQUIRE(provider.taken.size() == 1u);
    BOOST_TEST(provider.taken[0].text == "Merhaba");
    BOOST_TEST(provider.taken[0].numbers.size() == 2u);
    BOOST_TEST((settled().state == effect_state::accepted));
    BOOST_TEST(states() == names({"submitted", "submitted", "pending"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_repetition_that_is_refused_as_a_duplicate_proves_the_charge, reconciler_world)
{
    auto& provider = with_list();
    provider.window = 9min;
    provider.replies = {reply::refuse};
    provider.refusal = error(errc::duplicate, "again", reach::answered);
    lose();
    BOOST_TEST(reconcile().stage.goes_on());
    BOOST_TEST(provider.asked == 1);
    BOOST_TEST(provider.list_reads == 6); // it has to show the order sooner or later
    BOOST_TEST((settled().state == effect_state::orphaned));
    BOOST_TEST(settled().evidence.find("again") != std::string::npos, settled().evidence);
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "orphaned");
}

BOOST_FIXTURE_TEST_CASE(without_the_guard_of_the_provider_nothing_is_repeated, reconciler_world)
{
    auto& provider = with_list();
    lose();
    BOOST_TEST(reconcile().stage.goes_on());
    BOOST_TEST(provider.asked == 0);
    BOOST_TEST((settled().state == effect_state::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_stays_proves_that_nothing_was_sent, reconciler_world)
{
    remember_balance(100'000);
    lose();
    const auto done = reconcile();
    BOOST_TEST(done.stage.goes_on());
    BOOST_TEST(done.pending_again);
    BOOST_TEST((settled().state == effect_state::not_executed));
    BOOST_TEST(states() == names({"pending", "pending", "pending"}), boost::test_tools::per_element());
    BOOST_TEST(progress.count(item_state::pending) == 3);
    BOOST_TEST(attention().empty());
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_fell_by_the_price_proves_the_charge, reconciler_world)
{
    remember_balance(100'002);
    lose();
    const auto done = reconcile();
    BOOST_TEST(!done.pending_again);
    BOOST_TEST((settled().state == effect_state::orphaned));
    BOOST_TEST(settled().evidence.find("there will be no report") != std::string::npos, settled().evidence);
    BOOST_TEST(states() == names({"ambiguous", "ambiguous", "pending"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_fell_by_another_amount_settles_nothing, reconciler_world)
{
    remember_balance(100'001);
    lose();
    BOOST_TEST(!reconcile().pending_again);
    BOOST_TEST((settled().state == effect_state::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(without_any_evidence_the_call_stays_ambiguous, reconciler_world)
{
    lose();
    const auto done = reconcile();
    BOOST_TEST(done.stage.goes_on());
    BOOST_TEST(!done.pending_again);
    BOOST_TEST((settled().state == effect_state::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(afterwards_other_runs_may_buy_from_the_account_again, reconciler_world)
{
    lose();
    BOOST_TEST(!account("bulk").reconciled->contains(call.id.text()));
    BOOST_TEST(reconcile().stage.goes_on());
    BOOST_TEST(account("bulk").reconciled->contains(call.id.text()));
}

BOOST_AUTO_TEST_CASE(a_cancellation_or_a_stop_ends_the_search_and_settles_nothing)
{
    for (const bool cancelled : {true, false})
        for (const bool by_list : {true, false}) {
            reconciler_world w;
            if (by_list)
                w.with_list().window = 9min;
            else
                w.remember_balance(100'000);
            w.lose();
            int ticks = 0;
            w.every_tick = [&] {
                if (++ticks != 5)
                    return;
                if (cancelled)
                    w.cancel_run();
                else
                    w.stop_run();
            };
            const auto done = w.reconcile();
            BOOST_TEST(!done.pending_again);
            BOOST_TEST(ticks < 20);
            BOOST_TEST((w.settled().state == effect_state::ambiguous));
            BOOST_TEST(w.bulk.asked == 0);
        }
}

BOOST_AUTO_TEST_SUITE_END()
