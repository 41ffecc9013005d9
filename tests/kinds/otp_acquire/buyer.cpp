#include "kinds/otp_acquire/buyer.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

#include <algorithm>

BOOST_AUTO_TEST_SUITE(buyer_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::ending;
using kinds::otp::buyer;
using ledger::effect_state;
using ledger::run_state;

/// A buyer whose ambiguous purchases are reconciled as a test says.
struct buyer_world : otp_parts {
    std::optional<ending> buy()
    {
        buyer b = make();
        return finish(b.buy());
    }
    buyer make()
    {
        return buyer(*context, settings, progress, [this](effect_id effect, std::shared_ptr<providers::account> a) {
            return reconcile(std::move(effect), std::move(a));
        });
    }
    task<std::optional<ending>> reconcile(effect_id effect, std::shared_ptr<providers::account> a)
    {
        reconciled.push_back(effect);
        reconciled_at.push_back(a->name);
        if (settled_as) {
            ledger::batch changes;
            changes.push_back(move(effect, *settled_as));
            auto stored = co_await store->commit(std::move(changes));
            BOOST_TEST(stored.has_value());
        }
        co_return on_reconcile();
    }

    std::vector<effect_id> reconciled{};
    std::vector<std::string> reconciled_at{};
    std::optional<effect_state> settled_as{}; ///< what the evidence proves
    std::function<std::optional<ending>()> on_reconcile = [] { return std::nullopt; };
};

struct two_accounts : buyer_world {
    two_accounts()
    {
        second.next_id = 500;
        add_candidate("second", "4");
    }
    fake_numbers& second = sells_numbers("second");
};

} // namespace

BOOST_AUTO_TEST_CASE(what_follows_a_reply)
{
    struct row {
        const char* what;
        reply first;
        errc refusal;
        int reached_first, reached_second; ///< orders that the providers executed
        bool reconciled;
    };
    for (const row& r : std::vector<row>{
             {"accepted", reply::accept, errc::no_stock, 1, 0, false},
             {"refused", reply::refuse, errc::no_stock, 0, 1, false},
             {"refused for now", reply::refuse, errc::denied_now, 0, 1, false},
             {"rate limited", reply::limit, errc::no_stock, 0, 1, false},
             {"never connected", reply::never_dispatch, errc::no_stock, 0, 1, false},
             {"lost before the first byte", reply::drop_before, errc::no_stock, 0, 1, false},
             {"no answer, and proven that it was not executed", reply::lose_request, errc::no_stock, 0, 1, true},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            two_accounts w;
            w.numbers.replies = {r.first};
            w.settled_as = effect_state::not_executed;
            w.numbers.refusal.code = r.refusal;
            BOOST_TEST(!w.buy().has_value());
            BOOST_TEST(w.numbers.orders == r.reached_first);
            BOOST_TEST(w.second.orders == r.reached_second);
            BOOST_TEST(w.reconciled.size() == (r.reconciled ? 1u : 0u));
            BOOST_TEST(w.progress.held->candidate == static_cast<std::size_t>(r.reached_second));
            BOOST_TEST(w.progress.purchases == 1 + r.reached_second);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(nothing_else_is_bought_while_a_purchase_is_ambiguous, two_accounts)
{
    numbers.replies = {reply::lose_answer};
    on_reconcile = [] { return ending(run_state::attention, error(errc::ambiguous, "nobody knows")); };
    const auto ended = buy();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((ended->state == run_state::attention));
    BOOST_TEST(second.orders == 0);
    BOOST_TEST(numbers.orders == 1);
    BOOST_TEST(!progress.held.has_value());
    BOOST_TEST((reconciled.at(0) == effect_of(id).id));
    BOOST_TEST(reconciled_at.at(0) == "numbers");
}

BOOST_FIXTURE_TEST_CASE(a_number_that_the_reconciliation_found_is_the_one_that_is_held, two_accounts)
{
    numbers.replies = {reply::lose_answer};
    on_reconcile = [&]() -> std::optional<ending> {
        progress.held.emplace();
        progress.held->number_id = "found";
        return std::nullopt;
    };
    BOOST_TEST(!buy().has_value());
    BOOST_TEST(progress.held->number_id == "found");
    BOOST_TEST(second.orders == 0);
}

// The provider's mistake must not make one number pay for two purchases.
BOOST_FIXTURE_TEST_CASE(an_id_that_another_purchase_owns_is_ambiguous, buyer_world)
{
    book(effect_state::accepted, "100", 7);
    pass(1s);
    on_reconcile = [] { return ending(run_state::attention, error(errc::ambiguous, "nobody knows")); };
    const auto ended = buy();
    BOOST_TEST((ended->state == run_state::attention));
    BOOST_TEST(!progress.held.has_value());
    BOOST_TEST(reconciled.size() == 1u);
    BOOST_TEST(!stored_progress().held.has_value());
}

BOOST_FIXTURE_TEST_CASE(an_earlier_purchase_of_the_run_that_may_have_taken_effect_forbids_another, buyer_world)
{
    book(effect_state::ambiguous);
    progress.purchases = 1;
    pass(1s);
    const auto ended = buy();
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST((ended->state == run_state::attention));
    BOOST_TEST((ended->failure->code == errc::conflict));
    BOOST_TEST(numbers.orders == 0);
}

BOOST_FIXTURE_TEST_CASE(rounds_are_repeated_while_a_reason_may_pass_and_not_for_ever, buyer_world)
{
    numbers.replies.assign(50, reply::never_dispatch);
    const auto begun = clock.now();
    const auto ended = buy();
    BOOST_TEST((ended->state == run_state::failed));
    BOOST_TEST((ended->failure->code == errc::connect_failed));
    BOOST_TEST(ended->failure->message == "no number was sold: numbers: connection refused");
    BOOST_TEST(progress.purchases == 5);
    BOOST_TEST((clock.now() - begun >= 15s)); // 1 + 2 + 4 + 8
    BOOST_TEST((clock.now() - begun < 20s));

    numbers.replies = {reply::refuse};
    const auto final = buy();
    BOOST_TEST((final->failure->code == errc::no_stock));
    BOOST_TEST(progress.purchases == 6); // one round
}

BOOST_FIXTURE_TEST_CASE(a_rate_limit_is_waited_for_as_long_as_the_provider_asks, buyer_world)
{
    for (const auto& [asked, least] : {std::pair(std::optional<std::chrono::seconds>(), 10s),
                                       std::pair(std::optional<std::chrono::seconds>(90), 90s),
                                       std::pair(std::optional<std::chrono::seconds>(9000), 3600s)}) {
        progress.held.reset();
        numbers.replies = {reply::limit};
        numbers.refusal.retry_after = asked;
        const auto begun = clock.now();
        BOOST_TEST(!buy().has_value());
        BOOST_TEST((clock.now() - begun >= least));
        BOOST_TEST((clock.now() - begun < least + 5s));
    }
}

BOOST_FIXTURE_TEST_CASE(a_price_that_changed_while_the_permit_was_waited_for_buys_nothing, buyer_world)
{
    for (const bool changed : {false, true}) {
        progress.held.reset();
        numbers.orders = 0;
        const int before = progress.purchases;
        auto permit = run(account("numbers").purchase_permits->acquire()).value(); // another run buys
        int ticks = 0;
        every_tick = [&] {
            if (++ticks != 90)
                return;
            if (changed)
                numbers.price = lira_of(9);
            permit.release();
        };
        const auto ended = buy();
        BOOST_TEST(!ended.has_value());
        BOOST_TEST(numbers.orders == 1);
        BOOST_TEST(progress.purchases - before == (changed ? 2 : 1)); // the second one at the new price
        BOOST_TEST(progress.held->price == (changed ? lira_of(9) : lira_of(8)));
    }
}

BOOST_FIXTURE_TEST_CASE(a_person_or_a_stop_that_comes_first_buys_nothing, buyer_world)
{
    for (const bool stop : {false, true}) {
        renew();
        if (stop)
            context->request_stop();
        else
            context->request_cancel();
        const auto ended = buy();
        BOOST_TEST_REQUIRE(ended.has_value());
        BOOST_TEST(ended->interrupted == stop);
        BOOST_TEST((stop || ended->state == run_state::cancelled));
        BOOST_TEST(numbers.orders == 0);
    }
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_between_tls_and_the_first_byte_sends_nothing, buyer_world)
{
    numbers.on_order = [this] { context->request_cancel(); };
    const auto ended = buy();
    BOOST_TEST((ended->state == run_state::cancelled));
    BOOST_TEST(numbers.orders == 0);
    BOOST_TEST((effect_of(id).state == effect_state::not_sent));
}

BOOST_FIXTURE_TEST_CASE(the_budget_and_a_full_disk_refuse_before_anything_leaves, buyer_world)
{
    budget.run = lira_of(7);
    renew();
    auto ended = buy();
    BOOST_TEST((ended->state == run_state::failed));
    BOOST_TEST((ended->failure->code == errc::budget));
    BOOST_TEST(published.count("budget.hit") == 1u);

    budget.run = lira_of(20);
    renew();
    crashing.refuse = 1; // the intent
    ended = buy();
    BOOST_TEST((ended->state == run_state::failed));
    BOOST_TEST((ended->failure->code == errc::unavailable));
    BOOST_TEST(numbers.orders == 0);
    BOOST_TEST(effects_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(offers_that_are_all_above_max_price_are_too_expensive, two_accounts)
{
    settings.candidates[0].max_price = lira_of(7);
    settings.candidates[1].max_price = lira_of(1);
    const auto ended = buy();
    BOOST_TEST((ended->state == run_state::failed));
    BOOST_TEST((ended->failure->code == errc::too_expensive));
    BOOST_TEST(numbers.orders == 0);
}

BOOST_FIXTURE_TEST_CASE(candidates_that_cannot_sell_are_named_with_their_reason, two_accounts)
{
    settings.candidates[0].max_price = lira_of(7);
    second.stock = 0;
    const auto ended = buy();
    BOOST_TEST((ended->state == run_state::failed));
    BOOST_TEST((ended->failure->code == errc::no_stock));
    BOOST_TEST(ended->failure->message ==
               "no number was sold: numbers: 8.00 TRY is above max_price; second: no numbers in stock");
}

BOOST_AUTO_TEST_SUITE_END()
