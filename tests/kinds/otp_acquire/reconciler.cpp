#include "kinds/otp_acquire/reconciler.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

#include <algorithm>

BOOST_AUTO_TEST_SUITE(reconciler_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::ending;
using kinds::otp::reconciler;
using ledger::effect_state;
using ledger::run_state;

/// A purchase of number 100 for 8 of 100 lira, whose answer was lost a moment ago.
struct lost_world : otp_parts {
    lost_world()
    {
        account("numbers").shared = false;
        progress.purchases = 1;
        progress.service = "3";
        progress.balance_before.emplace();
        progress.balance_before->amount = lira_of(100);
        progress.balance_before->at = clock.wall_now();
        pass(1s);
        lost = book(effect_state::ambiguous).id;
    }

    /// The provider lists its orders, and listed none before this one.
    void lists()
    {
        numbers.lists = true;
        progress.listed_before.emplace();
    }
    /// What really happened.
    void executed()
    {
        sold_number n;
        n.id = "100";
        n.created = clock.wall_now();
        numbers.sold.push_back(n);
        numbers.money_left = decimal::from_integer(92);
    }

    std::optional<ending> reconcile()
    {
        reconciler r(*context, progress, settings.candidates.size());
        return finish(r.reconcile(lost, accounts->at("numbers")));
    }
    std::optional<ending> resume_run()
    {
        reconciler r(*context, progress, settings.candidates.size());
        return finish(r.resume());
    }
    effect_state state() { return by_id(lost).state; }

    effect_id lost{};
};

bool is_unresolved(const std::optional<ending>& e)
{
    return e && e->state == run_state::attention && e->failure && e->failure->code == errc::ambiguous;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_evidence_decides)
{
    struct row {
        const char* what;
        bool lists, executed, shared;
        bool other_moved_balance;
        effect_state settled;
        bool held, unresolved;
    };
    for (const row& r : std::vector<row>{
             {"listed", true, true, true, false, effect_state::accepted, true, false},
             {"listed, whatever the balance", true, true, false, true, effect_state::accepted, true, false},
             {"absent from the list, balance unmoved", true, false, false, false, effect_state::not_executed, false,
              false},
             {"absent from the list of a shared account", true, false, true, false, effect_state::not_executed, false,
              false},
             {"no list, balance unmoved", false, false, false, false, effect_state::not_executed, false, false},
             {"no list, balance fell by the price", false, true, false, false, effect_state::orphaned, false, true},
             {"no list, shared account", false, false, true, false, effect_state::ambiguous, false, true},
             {"no list, another purchase moved the balance", false, false, false, true, effect_state::ambiguous, false,
              true},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            lost_world w;
            if (r.lists)
                w.lists();
            if (r.executed)
                w.executed();
            w.account("numbers").shared = r.shared;
            if (r.other_moved_balance) {
                w.pass(1s);
                w.book(effect_state::rejected, "", 2);
            }
            const auto ended = w.reconcile();
            BOOST_TEST((w.state() == r.settled));
            BOOST_TEST(w.progress.held.has_value() == r.held);
            BOOST_TEST(is_unresolved(ended) == r.unresolved);
            BOOST_TEST(ended.has_value() == r.unresolved);
            BOOST_TEST(w.account("numbers").reconciled->contains(w.lost.text()));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_listed_order_is_held_and_its_effect_and_result_are_in_the_store, lost_world)
{
    lists();
    executed();
    BOOST_TEST(!reconcile().has_value());
    BOOST_TEST(progress.held->number_id == "100");
    BOOST_TEST(progress.held->number == "+65789654123");
    BOOST_TEST(progress.held->price.text() == "8.00 TRY");
    BOOST_TEST(progress.held->balance_before->text() == "100.00 TRY");
    BOOST_TEST(progress.numbers_bought == 1);
    BOOST_TEST(progress.adopted_purchase == 1);
    BOOST_TEST((progress.held->age.at(clock).most >= 2s)); // since it was sent, not since it was found
    BOOST_TEST(stored_progress().held->number_id == "100");
    BOOST_TEST(result_of(id).at("number_id").as_string() == "100");
    BOOST_TEST(by_id(lost).provider_ref == "100");
    BOOST_TEST(by_id(lost).evidence.find("found in the provider's list") != std::string::npos);
    BOOST_TEST(published.count("effect.reconciled") == 1u);
}

// One look may come before the provider books the order.
BOOST_FIXTURE_TEST_CASE(absence_counts_only_when_the_last_three_searches_agree, lost_world)
{
    lists();
    int reads = 0;
    numbers.on_list = [&] {
        if (++reads == 5)
            executed(); // two minutes later
    };
    BOOST_TEST(!reconcile().has_value());
    BOOST_TEST(progress.held.has_value());

    lost_world failing;
    failing.lists();
    reads = 0;
    failing.numbers.on_list = [&] {
        if (++reads == 4)
            failing.numbers.list_fails = 1;
    };
    BOOST_TEST(is_unresolved(failing.reconcile()));
    BOOST_TEST((failing.state() == effect_state::ambiguous));
    BOOST_TEST(failing.published.count("provider.error") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_contradicts_the_absence_proves_nothing, lost_world)
{
    lists();
    numbers.money_left = decimal::from_integer(92);
    BOOST_TEST(is_unresolved(reconcile()));
    BOOST_TEST((state() == effect_state::orphaned));
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].evidence.find("the number's id is lost") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_operator_who_was_first_is_not_overruled, lost_world)
{
    lists();
    int reads = 0;
    every_tick = [&] {
        if (++reads == 5) {
            ledger::batch changes;
            changes.push_back(move(lost, effect_state::written_off));
            commit(std::move(changes));
            executed();
        }
    };
    BOOST_TEST(is_unresolved(reconcile()));
    BOOST_TEST((state() == effect_state::written_off));
    BOOST_TEST(!progress.held.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_ends_the_search_and_settles_nothing_by_absence, lost_world)
{
    lists();
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 12)
            cancel_run();
    };
    BOOST_TEST(is_unresolved(reconcile()));
    BOOST_TEST((state() == effect_state::ambiguous));
    BOOST_TEST(ticks < 60);
}

BOOST_FIXTURE_TEST_CASE(a_stop_leaves_the_purchase_ambiguous_for_the_next_start, lost_world)
{
    for (const bool with_list : {false, true}) {
        lost_world w;
        if (with_list)
            w.lists();
        int ticks = 0;
        w.every_tick = [&] {
            if (++ticks == 4)
                w.stop_run();
        };
        const auto ended = w.reconcile();
        BOOST_TEST_REQUIRE(ended.has_value());
        BOOST_TEST(ended->interrupted);
        BOOST_TEST((w.state() == effect_state::ambiguous));
        w.renew();
        w.every_tick = [] {};
        BOOST_TEST(!w.resume_run().has_value());
        BOOST_TEST((w.state() == effect_state::not_executed));
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_not_ambiguous_or_has_no_account_is_left_alone, lost_world)
{
    reconciler r(*context, progress, 1);
    BOOST_TEST(is_unresolved(finish(r.reconcile(lost, nullptr))));
    BOOST_TEST(is_unresolved(finish(r.reconcile(effect_id("unknown"), accounts->at("numbers")))));
    pass(1s);
    const auto settled = book(effect_state::rejected, "", 2).id;
    BOOST_TEST(is_unresolved(finish(r.reconcile(settled, accounts->at("numbers")))));
    has_balance("broke");
    BOOST_TEST(is_unresolved(finish(r.reconcile(lost, accounts->at("broke")))));
    BOOST_TEST((state() == effect_state::ambiguous));
}

BOOST_AUTO_TEST_CASE(what_a_run_finds_when_it_is_resumed)
{
    struct row {
        const char* what;
        effect_state left;
        const char* ref;
        int purchases, adopted; ///< in the stored progress
        bool held;
        std::optional<errc> failure;
    };
    for (const row& r : std::vector<row>{
             {"accepted, and the progress does not know", effect_state::accepted, "100", 1, 0, true, {}},
             {"accepted and driven to its end before", effect_state::accepted, "100", 1, 1, false, {}},
             {"an earlier purchase", effect_state::accepted, "100", 2, 0, false, {}},
             {"refused", effect_state::rejected, "", 1, 0, false, {}},
             {"an operator says that it was bought", effect_state::accepted, "resolved:E1", 1, 0, false,
              errc::ambiguous},
             {"orphaned", effect_state::orphaned, "", 1, 0, false, errc::ambiguous},
             {"still in flight", effect_state::dispatched, "", 1, 0, false, errc::ambiguous},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            otp_parts w;
            w.progress.purchases = r.purchases;
            w.progress.adopted_purchase = r.adopted;
            if (r.left == effect_state::orphaned) {
                const auto e = w.book(effect_state::ambiguous);
                ledger::batch changes;
                changes.push_back(w.move(e.id, effect_state::orphaned));
                w.commit(std::move(changes));
            } else {
                w.book(r.left, r.ref);
            }
            reconciler reconciler_of_run(*w.context, w.progress, 1);
            const auto ended = w.finish(reconciler_of_run.resume());
            BOOST_TEST(w.progress.held.has_value() == r.held);
            BOOST_TEST(ended.has_value() == r.failure.has_value());
            if (ended && r.failure)
                BOOST_TEST((ended->failure->code == *r.failure));
            if (r.held)
                BOOST_TEST(w.stored_progress().held->number_id == "100");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
