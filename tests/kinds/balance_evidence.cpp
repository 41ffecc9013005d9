// What balances prove about a purchase that nobody answered.
#include "kinds/purchase/balance_evidence.hpp"
#include "kinds/purchase/account_activity.hpp"
#include "kinds/purchase_world.hpp"

BOOST_AUTO_TEST_SUITE(balance_evidence_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::charge_finding;
using ledger::effect_state;

struct evidence_world : purchase_world {
    evidence_world()
    {
        account("own").shared = false;
        before.amount = lira(100);
        before.at = clock.wall_now();
        lost.id = effect_id("LOST");
        lost.account = "own";
        lost.operation = "number.order";
        lost.expected = lira(8);
        lost.intended_at = clock.wall_now();
    }

    /// Each read gives the next balance; the last one stays.
    void balances(const std::vector<int>& amounts)
    {
        balance.answers.clear();
        for (const int n : amounts)
            balance.answers.emplace_back(lira(n));
        balance.reads = 0;
    }

    kinds::balance_evidence gather(kinds::balance_reads reads = kinds::balance_reads::all)
    {
        return finish(kinds::gather_balance_evidence(context, account("own"), before, lost, reads));
    }

    /// Another purchase on the account, in this state since then.
    void other_purchase(const std::string& name, effect_state state, wall_point at, const run_id& of = {},
                        const std::string& operation = "number.order")
    {
        ledger::intend book;
        book.effect.id = effect_id(name);
        book.effect.step = name;
        book.effect.run = of;
        book.effect.account = "own";
        book.effect.operation = operation;
        book.effect.expected = lira(8);
        book.effect.intended_at = at;
        ledger::move_effect sent(book.effect.id, effect_state::dispatched), done(book.effect.id, state);
        sent.at = done.at = at;
        if (state == effect_state::accepted)
            done.provider_ref = name;
        ledger::batch changes{std::move(book), std::move(sent)};
        if (state != effect_state::dispatched)
            changes.push_back(std::move(done));
        commit(std::move(changes));
    }

    bool alone() { return finish(kinds::no_other_charges_since(context, account("own"), lost.id, before.at)); }
    bool refunds() { return finish(kinds::refunds_possible_since(context, account("own"), lost.id, before.at)); }

    fake_balance& balance = has_balance("own");
    kinds::run_context context = make();
    kinds::balance_snapshot before{};
    ledger::effect_record lost{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(purchases_under_another_name_of_the_login_move_the_balance_too, evidence_world)
{
    const auto bought = [this](const std::string& id, const std::string& identity) {
        ledger::intend book;
        book.effect.id = effect_id(id);
        book.effect.step = id;
        book.effect.account = "second-name";
        book.effect.identity = identity;
        book.effect.operation = "number.order";
        book.effect.expected = lira(8);
        book.effect.intended_at = before.at;
        ledger::batch changes;
        changes.push_back(std::move(book));
        commit(std::move(changes));
    };
    account("own").identity_id = "me";
    bought("e1", "you");
    BOOST_TEST(alone());
    bought("e2", "me");
    BOOST_TEST(!alone());
}

BOOST_AUTO_TEST_CASE(two_balances_say_charged_not_charged_or_nothing)
{
    using kinds::compare_balances;
    BOOST_TEST((compare_balances(lira(100), lira(92), lira(8)) == charge_finding::charged));
    BOOST_TEST((compare_balances(lira(100), lira(100), lira(8)) == charge_finding::not_charged));
    for (const int now : {91, 93, 84, 108})
        BOOST_TEST((compare_balances(lira(100), lira(now), lira(8)) == charge_finding::unknown));
}

BOOST_FIXTURE_TEST_CASE(a_balance_has_to_stand_at_every_read_before_nothing_was_charged, evidence_world)
{
    balances({100});
    BOOST_TEST((gather().finding == charge_finding::not_charged));
    BOOST_TEST(balance.reads == static_cast<int>(kinds::evidence_schedule.size()));
    balances({100, 100, 100, 92, 92}); // booked late
    BOOST_TEST((gather().finding == charge_finding::charged));
    BOOST_TEST(balance.reads == 5);
}

BOOST_FIXTURE_TEST_CASE(a_charge_has_to_stay, evidence_world)
{
    balances({92});
    const auto charged = gather();
    BOOST_TEST((charged.finding == charge_finding::charged));
    BOOST_TEST(balance.reads == 2);
    BOOST_TEST(charged.text == "the balance was 100.00 TRY and is 92.00 TRY, 8.00 TRY less; 8.00 TRY were to be paid");
    balances({92, 100});
    BOOST_TEST((gather().finding == charge_finding::unknown));
}

BOOST_FIXTURE_TEST_CASE(one_read_is_enough_where_a_list_proves_the_rest, evidence_world)
{
    balances({100});
    BOOST_TEST((gather(kinds::balance_reads::one).finding == charge_finding::not_charged));
    BOOST_TEST(balance.reads == 1);
}

BOOST_FIXTURE_TEST_CASE(without_a_balance_to_compare_nothing_is_known, evidence_world)
{
    const auto kept = account("own").balances; // `balance` still names it
    balances({92});
    for (int n = 0; n < 4; ++n) {
        BOOST_TEST_CONTEXT(n)
        {
            kinds::balance_snapshot b = before;
            ledger::effect_record e = lost;
            std::optional<kinds::balance_snapshot> known;
            if (n == 1)
                b.amount = money(decimal::from_integer(100), "USD");
            if (n == 2)
                e.expected = money(decimal(), "TRY");
            if (n > 0)
                known = b;
            if (n == 3)
                account("own").balances.reset();
            const auto found = finish(kinds::gather_balance_evidence(context, account("own"), known, e));
            BOOST_TEST((found.finding == charge_finding::unknown));
            BOOST_TEST(found.text.empty());
        }
    }
    BOOST_TEST(balance.reads == 0);
}

BOOST_FIXTURE_TEST_CASE(a_shared_account_gives_a_hint_after_one_read, evidence_world)
{
    account("own").shared = true;
    balances({92});
    const auto hint = gather();
    BOOST_TEST((hint.finding == charge_finding::unknown));
    BOOST_TEST(hint.text.find("8.00 TRY less") != std::string::npos);
    BOOST_TEST(hint.text.find("others may spend") != std::string::npos);
    BOOST_TEST(balance.reads == 1);
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_cannot_be_read_ends_the_reading, evidence_world)
{
    balance.answers.assign(1, error(errc::transient, "no balance now", reach::answered));
    const auto found = gather();
    BOOST_TEST((found.finding == charge_finding::unknown));
    BOOST_TEST(found.text == "the balance cannot be read: no balance now");
    BOOST_TEST(balance.reads == 1);
}

BOOST_FIXTURE_TEST_CASE(a_run_that_leaves_stops_reading, evidence_world)
{
    balances({100});
    context.request_cancel();
    BOOST_TEST((gather().finding == charge_finding::interrupted));
    BOOST_TEST(balance.reads == 0);
}

BOOST_FIXTURE_TEST_CASE(another_purchase_since_then_blurs_the_balance, evidence_world)
{
    const wall_point now = before.at;
    BOOST_TEST(alone());
    other_purchase("OLD", effect_state::accepted, now - 10min);
    BOOST_TEST(alone());
    other_purchase("LATE", effect_state::ambiguous, now - 6min); // too old to be booked now
    BOOST_TEST(alone());
    other_purchase("MAYBE", effect_state::ambiguous, now - 4min);
    BOOST_TEST(!alone());
}

BOOST_FIXTURE_TEST_CASE(a_purchase_under_way_blurs_the_balance_however_old_it_is, evidence_world)
{
    other_purchase("OPEN", effect_state::dispatched, before.at - 48h);
    BOOST_TEST(!alone());
}

BOOST_FIXTURE_TEST_CASE(the_lost_purchase_itself_blurs_nothing, evidence_world)
{
    other_purchase("LOST", effect_state::ambiguous, before.at);
    BOOST_TEST(alone());
}

BOOST_FIXTURE_TEST_CASE(money_may_come_back_for_as_long_as_the_provider_pays_back, evidence_world)
{
    account("own").numbers = std::make_unique<fake_numbers>(clock);
    const wall_point now = before.at;
    BOOST_TEST(!refunds());
    other_purchase("MESSAGE", effect_state::ambiguous, now, {}, "sms.send");
    BOOST_TEST(!refunds()); // no provider pays a message back
    other_purchase("OLD", effect_state::ambiguous, now - 61min);
    BOOST_TEST(!refunds());
    other_purchase("FORGOTTEN", effect_state::accepted, now - 10min); // its run is not in the store
    BOOST_TEST(!refunds());
    other_purchase("HELD", effect_state::accepted, now - 10min, id);
    BOOST_TEST(refunds()); // its run still holds the number
}

BOOST_FIXTURE_TEST_CASE(a_snapshot_survives_the_store, evidence_world)
{
    json::object o;
    kinds::put_balance(o, std::nullopt);
    BOOST_TEST(o.empty());
    BOOST_TEST(!kinds::balance_field(o).has_value());
    kinds::put_balance(o, before);
    const auto again = kinds::balance_field(o);
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->amount.text() == "100.00 TRY");
    BOOST_TEST((again->at == before.at));
    o.erase("before_at");
    BOOST_TEST(!kinds::balance_field(o).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_snapshot_is_missing_where_there_is_no_balance, evidence_world)
{
    balances({100});
    BOOST_TEST(finish(kinds::read_balance_snapshot(context, account("own")))->amount.text() == "100.00 TRY");
    balance.answers.assign(1, error(errc::transient, "no", reach::answered));
    BOOST_TEST(!finish(kinds::read_balance_snapshot(context, account("own"))).has_value());
    account("own").balances.reset();
    BOOST_TEST(!finish(kinds::read_balance_snapshot(context, account("own"))).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
