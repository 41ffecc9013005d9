// Numbers that no run drives to an end, and whether their money comes back.
#include "kinds/otp_acquire/refund_watcher.hpp"

#include "kinds/kind.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/registry.hpp"
#include "kinds/world.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::tests {

using ledger::effect_state;
using ledger::run_state;

BOOST_AUTO_TEST_SUITE(refund_watcher_)

namespace {

money lira(int n)
{
    return money(decimal::from_integer(n), "TRY");
}

struct resolved_entry {
    std::string entry, outcome;
    ledger::batch also;
};

/// A run that bought a number for 8 of 100 lira, lost it, and ended as attention; and the watcher, called by hand.
struct lost_number : world {
    lost_number()
    {
        account("acc").provider = "smmonayim-numbers";
        account("acc").shared = false;
        balance_is(92);
    }

    /// The purchase `effect` of run `id`; accepted and held by the run, or orphaned.
    void lose(effect_state state, const std::string& id = "R1", const std::string& effect = "E1")
    {
        create(id, effect, state);
        ledger::batch all;
        all.push_back(intent(id, effect));
        all.push_back(move(effect, effect_state::dispatched));
        if (state == effect_state::orphaned)
            all.push_back(move(effect, effect_state::ambiguous));
        all.push_back(move(effect, state));
        all.push_back(entry(id, effect, state));
        commit(std::move(all));
    }
    void create(const std::string& id, const std::string& effect, effect_state state)
    {
        kinds::otp::progress seen;
        seen.purchases = 1;
        seen.balance_before.emplace();
        seen.balance_before->amount = lira(100);
        seen.balance_before->at = clock.wall_now();
        if (state == effect_state::accepted) {
            seen.held.emplace();
            seen.held->effect = effect_id(effect);
        }
        ledger::create_run c;
        c.run.id = run_id(id);
        c.run.job = "job";
        c.run.kind = "otp.acquire";
        c.run.state = run_state::attention;
        c.run.trigger = "manual";
        c.run.progress = json::serialize(to_json(seen));
        commit({c});
    }
    ledger::intend intent(const std::string& run, const std::string& effect)
    {
        ledger::intend i;
        i.effect.id = effect_id(effect);
        i.effect.run = run_id(run);
        i.effect.step = "number/1";
        i.effect.job = "job";
        i.effect.account = "acc";
        i.effect.provider = "smmonayim-numbers";
        i.effect.operation = "number.order";
        i.effect.expected = lira(8);
        i.effect.intended_at = clock.wall_now();
        return i;
    }
    ledger::move_effect move(const std::string& effect, effect_state to)
    {
        ledger::move_effect m(effect_id(effect), to);
        m.at = clock.wall_now();
        if (to == effect_state::accepted)
            m.provider_ref = "71";
        return m;
    }
    ledger::raise_attention entry(const std::string& run, const std::string& effect, effect_state state)
    {
        const bool orphan = state == effect_state::orphaned;
        ledger::raise_attention r;
        r.entry.id = orphan ? effect : run;
        r.entry.run = run_id(run);
        r.entry.job = "job";
        r.entry.account = "acc";
        r.entry.kind = orphan ? "orphaned" : kinds::unsettled_entry;
        r.entry.amount = lira(8);
        r.entry.evidence = "the id is lost";
        if (orphan)
            r.entry.effect = effect_id(effect);
        return r;
    }

    void balance_is(int amount) { reader.answers = {lira(amount)}; }
    int reads() const { return reader.reads; }

    std::optional<wall_point> check() { return run(watcher.run_due()); }
    /// What the engine does with the answers for so long.
    void watch(std::chrono::milliseconds time)
    {
        for (const auto end = clock.wall_now() + time; clock.wall_now() < end; pass(1min))
            if (next && *next <= clock.wall_now())
                next = check();
    }

    kinds::run_context context_of(const ledger::run_record& r)
    {
        job::notify_rule rule;
        rule.when = {"refund-missing"};
        rule.channel = "ops";
        return kinds::run_context(environment, r, job::budget(), {rule}, {});
    }
    task<result<void>> resolve(std::string id, std::string outcome, ledger::batch also)
    {
        if (disk_is_full)
            co_return error(errc::unavailable, "the disk is full");
        resolved.push_back({id, outcome, std::move(also)});
        ledger::resolve_attention change;
        change.id = id;
        change.outcome = outcome;
        ledger::batch all;
        all.push_back(change);
        auto done = co_await store->commit(std::move(all));
        BOOST_TEST(done.has_value());
        co_return result<void>();
    }

    fake_balance& reader = has_balance("acc");
    ledger::recorder recorder{crashing, published, clock};
    kinds::run_environment environment{io.get_executor(), clock, recorder, accounts, time_zone::utc(), "/nowhere"};
    std::vector<resolved_entry> resolved{};
    bool disk_is_full = false;
    std::optional<wall_point> next = clock.wall_now();
    kinds::otp::refund_watcher watcher{
        kinds::background_services{environment, [this](const ledger::run_record& r) { return context_of(r); },
                                   [this](std::string id, std::string outcome, ledger::batch also) {
                                       return resolve(std::move(id), std::move(outcome), std::move(also));
                                   }}};
};

} // namespace

BOOST_AUTO_TEST_CASE(the_kind_declares_it_and_what_it_raises)
{
    const auto* kind = kinds::find_kind("otp.acquire");
    BOOST_TEST_REQUIRE(kind != nullptr);
    BOOST_TEST(static_cast<bool>(kind->background));
    const auto* missing = kinds::find_failure_entry(kinds::kinds(), kinds::otp::refund_missing_entry);
    BOOST_TEST_REQUIRE(missing != nullptr);
    BOOST_TEST(missing->about_refund);
    BOOST_TEST(kinds::find_failure_entry(kinds::kinds(), "orphaned") == nullptr);
}

BOOST_FIXTURE_TEST_CASE(with_nothing_open_it_waits_for_a_run_to_end, lost_number)
{
    BOOST_TEST(!check());
    BOOST_TEST(reads() == 0);
}

BOOST_FIXTURE_TEST_CASE(it_asks_to_be_called_at_each_check_time, lost_number)
{
    const auto bought = clock.wall_now();
    lose(effect_state::orphaned);
    for (const auto at : kinds::otp::refund_check_times) {
        const auto when = check();
        BOOST_TEST_REQUIRE(when.has_value());
        BOOST_TEST((*when == bought + at));
        pass(std::chrono::duration_cast<std::chrono::milliseconds>(*when - clock.wall_now()));
    }
    BOOST_TEST(!check());
    BOOST_TEST(reads() == 4);
}

BOOST_FIXTURE_TEST_CASE(a_refund_that_is_seen_resolves_a_number_whose_id_was_lost, lost_number)
{
    lose(effect_state::orphaned);
    watch(6min);
    BOOST_TEST(reads() == 1);
    BOOST_TEST(resolved.empty());
    balance_is(100);
    watch(15min);
    BOOST_TEST_REQUIRE(resolved.size() == 1u);
    BOOST_TEST(resolved[0].entry == "E1");
    BOOST_TEST(resolved[0].outcome == "not-done");
    BOOST_TEST(resolved[0].also.size() == 1u); // the event; the purchase follows from the outcome
    watch(2h);
    BOOST_TEST(reads() == 2);
}

BOOST_FIXTURE_TEST_CASE(a_refund_of_a_number_that_its_run_could_not_keep_is_recorded, lost_number)
{
    lose(effect_state::accepted);
    balance_is(100);
    watch(6min);
    BOOST_TEST_REQUIRE(resolved.size() == 1u);
    BOOST_TEST(resolved[0].entry == "R1");
    BOOST_TEST(resolved[0].outcome == "not-done");
    BOOST_TEST_REQUIRE(resolved[0].also.size() == 2u);
    const auto* refund = std::get_if<ledger::refund_effect>(&resolved[0].also[1]);
    BOOST_TEST_REQUIRE(refund != nullptr);
    BOOST_TEST(refund->amount == decimal::from_integer(8));
}

BOOST_FIXTURE_TEST_CASE(a_refund_that_does_not_come_is_raised_once_with_its_notice, lost_number)
{
    lose(effect_state::orphaned);
    watch(59min);
    BOOST_TEST(attention().at(0).kind == "orphaned");
    watch(3min);
    BOOST_TEST(reads() == 4);
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "refund-missing");
    BOOST_TEST(attention()[0].evidence.find("8.00 TRY less") != std::string::npos, attention()[0].evidence);
    BOOST_TEST(published.count("number.refund-missing") == 1u);
    BOOST_TEST(notices().size() == 1u);
    next = clock.wall_now();
    watch(24h);
    BOOST_TEST(published.count("number.refund-missing") == 1u);

    // After a restart nothing is known of the checks before it, and one more is taken.
    kinds::otp::refund_watcher restarted(
        kinds::background_services{environment, [this](const ledger::run_record& r) { return context_of(r); },
                                   [this](std::string id, std::string outcome, ledger::batch also) {
                                       return resolve(std::move(id), std::move(outcome), std::move(also));
                                   }});
    balance_is(100);
    run(restarted.run_due());
    BOOST_TEST_REQUIRE(resolved.size() == 1u);
    BOOST_TEST(resolved[0].outcome == "done");
}

BOOST_FIXTURE_TEST_CASE(what_the_balance_cannot_prove_stays_with_the_operator, lost_number)
{
    lose(effect_state::orphaned);
    ledger::create_run other; // another purchase moved the balance too
    other.run.id = run_id("R2");
    other.run.job = "other";
    other.run.kind = "otp.acquire";
    other.run.trigger = "manual";
    other.run.state = run_state::succeeded;
    auto its = intent("R2", "E2");
    its.effect.intended_at += 1s;
    commit({other, its});
    balance_is(100);
    watch(2h);
    BOOST_TEST(resolved.empty());
    BOOST_TEST(attention().at(0).kind == "orphaned");
}

BOOST_FIXTURE_TEST_CASE(the_balance_of_a_shared_account_is_not_read, lost_number)
{
    account("acc").shared = true;
    lose(effect_state::orphaned);
    watch(2h);
    BOOST_TEST(reads() == 0);
}

BOOST_FIXTURE_TEST_CASE(an_account_that_is_gone_leaves_the_number_to_the_operator, lost_number)
{
    lose(effect_state::orphaned);
    accounts->erase("acc");
    watch(2h);
    BOOST_TEST(resolved.empty());
    BOOST_TEST(attention().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_refund_that_the_disk_does_not_take_is_recorded_a_minute_later, lost_number)
{
    lose(effect_state::orphaned);
    balance_is(100);
    pass(6min);
    disk_is_full = true;
    const auto again = check();
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST((*again == clock.wall_now() + 1min));
    disk_is_full = false;
    pass(1min);
    check();
    BOOST_TEST(resolved.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_missing_refund_that_cannot_be_raised_is_raised_a_minute_later, lost_number)
{
    lose(effect_state::orphaned);
    pass(61min);
    crashing.refuse = 1;
    const auto again = check();
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST((*again == clock.wall_now() + 1min));
    BOOST_TEST(attention().at(0).kind == "orphaned");
    check();
    BOOST_TEST(attention().at(0).kind == "refund-missing");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::tests
