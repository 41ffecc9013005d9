// Numbers that no run drives to an end, and whether their money comes back.
#include "engine/detail/refund_watcher.hpp"
#include "engine/world.hpp"

#include "kinds/otp_acquire/progress.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(refund_watcher_)

using ledger::effect_state;
using ledger::run_state;

namespace {

struct purse : providers::balance_reader {
    task<result<money>> balance(async::steady_point) override
    {
        ++reads;
        co_return answer;
    }
    result<money> answer = money(decimal::from_integer(92), "TRY");
    int reads = 0;
};

/// A run that bought a number for 8 of 100 lira, lost it, and ended as attention.
struct lost_and_found : world {
    lost_and_found()
    {
        write("job");
        auto a = std::make_shared<providers::account>();
        a->name = "acc";
        a->provider = "smmonayim-numbers";
        a->shared = false;
        auto owned = std::make_unique<purse>();
        p = owned.get();
        a->balances = std::move(owned);
        (*accounts)["acc"] = a;
    }

    void lose(effect_state s)
    {
        kinds::otp::progress seen;
        seen.purchases = 1;
        seen.balance_before.emplace();
        seen.balance_before->amount = money(decimal::from_integer(100), "TRY");
        seen.balance_before->at = wall();
        if (s == effect_state::accepted) {
            seen.held.emplace();
            seen.held->effect = effect_id("E1");
        }
        ledger::create_run c;
        c.run.id = run_id("R1");
        c.run.job = "job";
        c.run.kind = "otp.acquire";
        c.run.state = run_state::attention;
        c.run.trigger = "manual";
        c.run.progress = boost::json::serialize(to_json(seen));
        c.run.definition = "version: 1\nkind: test.fake\nnotify: [{when: [failed], to: ops}]\n";
        ledger::intend i;
        i.effect.id = effect_id("E1");
        i.effect.run = run_id("R1");
        i.effect.step = "number/1";
        i.effect.job = "job";
        i.effect.account = "acc";
        i.effect.operation = "number.order";
        i.effect.expected = money(decimal::from_integer(8), "TRY");
        i.effect.intended_at = wall();
        ledger::batch all;
        all.push_back(c);
        all.push_back(i);
        all.push_back(move(effect_state::dispatched));
        if (s == effect_state::orphaned)
            all.push_back(move(effect_state::ambiguous));
        all.push_back(move(s));
        ledger::raise_attention r;
        r.entry.id = s == effect_state::orphaned ? "E1" : "R1";
        r.entry.run = run_id("R1");
        r.entry.job = "job";
        r.entry.account = "acc";
        r.entry.kind = s == effect_state::orphaned ? "orphaned" : "unsettled";
        r.entry.amount = money(decimal::from_integer(8), "TRY");
        r.entry.evidence = "the id is lost";
        if (s == effect_state::orphaned)
            r.entry.effect = effect_id("E1");
        all.push_back(r);
        commit(std::move(all));
    }
    ledger::move_effect move(effect_state to)
    {
        ledger::move_effect m(effect_id("E1"), to);
        m.at = wall();
        if (to == effect_state::accepted)
            m.provider_ref = "71";
        return m;
    }
    void balance(int lira) { p->answer = money(decimal::from_integer(lira), "TRY"); }
    ledger::effect_record effect() { return get(disk->effects(ledger::effect_query())).value().at(0); }
    std::vector<ledger::attention_record> open() { return get(disk->attention(true)).value(); }
    std::string end() { return std::string(name(run(run_id("R1")).state)); }

    purse* p = nullptr;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_refund_that_is_seen_settles_a_number_whose_id_was_lost)
{
    lost_and_found w;
    w.lose(effect_state::orphaned);
    w.boot();
    w.pass(6min);
    BOOST_TEST(w.p->reads == 1);
    BOOST_TEST((w.effect().state == effect_state::orphaned));
    w.balance(100);
    w.pass(15min);
    BOOST_TEST((w.effect().state == effect_state::refunded));
    BOOST_TEST(w.open().empty());
    BOOST_TEST(w.end() == "failed");
    BOOST_TEST(w.published.count("effect.reconciled") == 1u);
    BOOST_TEST(w.published.count("number.refund-missing") == 0u);
    w.pass(2h);
    BOOST_TEST(w.p->reads == 2);
}

BOOST_AUTO_TEST_CASE(a_refund_of_a_number_that_its_run_could_not_keep_is_booked)
{
    lost_and_found w;
    w.lose(effect_state::accepted);
    w.balance(100);
    w.boot();
    w.pass(6min);
    BOOST_TEST((w.effect().state == effect_state::accepted));
    BOOST_TEST(w.effect().refunded == decimal::from_integer(8));
    BOOST_TEST(w.open().empty());
    BOOST_TEST(w.run(run_id("R1")).spent.amount.zero());
}

BOOST_AUTO_TEST_CASE(a_refund_that_does_not_come_is_told_once_and_one_that_comes_late_is_seen)
{
    for (const auto state : {effect_state::orphaned, effect_state::accepted}) {
        lost_and_found w;
        w.lose(state);
        w.boot();
        w.pass(59min);
        BOOST_TEST(w.open().at(0).kind != "refund-missing");
        w.pass(2min);
        BOOST_TEST(w.p->reads == 4);
        BOOST_TEST_REQUIRE(w.open().size() == 1u);
        BOOST_TEST(w.open()[0].kind == "refund-missing");
        BOOST_TEST(w.open()[0].evidence.find("8.00 TRY less") != std::string::npos, w.open()[0].evidence);
        BOOST_TEST(w.published.count("number.refund-missing") == 1u);
        w.pass(24h);
        BOOST_TEST(w.published.count("number.refund-missing") == 1u);
        w.balance(100);
        w.crash();
        w.boot(); // a start looks once more
        w.pass(1min);
        BOOST_TEST(w.open().empty());
        BOOST_TEST(w.published.count("number.refund-missing") == 1u);
        if (state == effect_state::orphaned)
            BOOST_TEST((w.effect().state == effect_state::refunded));
        else
            BOOST_TEST(w.effect().refunded == decimal::from_integer(8));
    }
}

BOOST_AUTO_TEST_CASE(what_the_balance_cannot_tell_stays_with_a_person)
{
    lost_and_found w;
    w.lose(effect_state::orphaned);
    ledger::intend other; // moved the balance too
    other.effect.id = effect_id("E2");
    other.effect.run = run_id("R2");
    other.effect.step = "order";
    other.effect.job = "other";
    other.effect.account = "acc";
    other.effect.operation = "number.order";
    other.effect.expected = money(decimal::from_integer(8), "TRY");
    other.effect.intended_at = w.wall() + 1s;
    ledger::create_run its;
    its.run.id = run_id("R2");
    its.run.job = "other";
    its.run.kind = "otp.acquire";
    its.run.trigger = "manual";
    its.run.state = run_state::succeeded;
    ledger::batch all;
    all.push_back(its);
    all.push_back(other);
    w.commit(std::move(all));
    w.balance(100);
    w.boot();
    w.pass(2h);
    BOOST_TEST((w.effect().state == effect_state::orphaned));
    BOOST_TEST(w.open().at(0).kind == "orphaned");

    lost_and_found shared;
    shared.accounts->at("acc")->shared = true;
    shared.lose(effect_state::orphaned);
    shared.balance(100);
    shared.boot();
    shared.pass(2h);
    BOOST_TEST((shared.effect().state == effect_state::orphaned));
    BOOST_TEST(shared.p->reads == 0);
}

BOOST_AUTO_TEST_CASE(a_person_says_that_a_missing_refund_has_come)
{
    for (const auto& [outcome, state] :
         {std::pair("done", effect_state::refunded), {"not-done", effect_state::accepted}}) {
        lost_and_found w;
        w.lose(effect_state::orphaned);
        w.boot();
        w.pass(61min);
        BOOST_TEST(w.open().at(0).kind == "refund-missing");
        BOOST_TEST(w.get(w.engine().resolve("E1", outcome, 1000)).has_value());
        BOOST_TEST((w.effect().state == state));
        BOOST_TEST(w.end() == "failed");
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
