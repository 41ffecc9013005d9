#include "kinds/otp_acquire/refund_watcher.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "kinds/kind.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/purchase/effect_identity.hpp"
#include "kinds/purchase/reconcile.hpp"

#include <algorithm>

namespace ulak::kinds::otp {

using ledger::effect_state;

namespace {

constexpr char order_operation[] = "number.order";
/// After a balance or a store that could not be read.
constexpr auto check_retry_interval = std::chrono::minutes(1);

wall_point purchased_at(const ledger::effect_record& e)
{
    return e.dispatched_at.value_or(e.intended_at);
}

std::size_t checks_due(const ledger::effect_record& e, wall_point now)
{
    const auto age = now - purchased_at(e);
    return static_cast<std::size_t>(std::ranges::count_if(refund_check_times, [&](auto at) { return at <= age; }));
}

/// Its id was lost, or it took place and was not given back.
bool is_unrefunded(const ledger::effect_record& e)
{
    const bool open = e.state == effect_state::orphaned || (e.state == effect_state::accepted && e.refunded.zero());
    return open && e.operation == order_operation;
}

/// The balance in the progress is the one from right before this purchase.
bool is_latest(const ledger::effect_record& e, const progress& p)
{
    return e.state == effect_state::orphaned ? e.step == "number/" + std::to_string(p.purchases)
                                             : p.held && p.held->effect == e.id;
}

ledger::append_event refund_seen(const ledger::effect_record& effect, const std::string& evidence)
{
    events::event e(events::effect_reconciled, events::level::notice,
                    effect.operation + " at " + effect.account + " was paid back: " + evidence);
    e.job = effect.job;
    e.run = effect.run.text();
    e.account = effect.account;
    e.provider = effect.provider;
    e.data["effect"] = effect.id.text();
    return ledger::append_event{std::move(e)};
}

ledger::refund_effect full_refund(const ledger::effect_record& effect, wall_point now)
{
    ledger::refund_effect refund;
    refund.id = effect.id;
    refund.amount = effect.charged.value_or(effect.expected).amount;
    refund.at = now;
    return refund;
}

} // namespace

task<std::optional<wall_point>> refund_watcher::run_due()
{
    // An alarm is no matter for a clock in doubt.
    if (!services_.environment.clock.wall_doubt().empty())
        co_return now() + check_retry_interval;
    std::optional<wall_point> next;
    const auto sooner = [&next](wall_point at) { next = next ? std::min(*next, at) : at; };
    auto all = co_await find_unrefunded();
    if (!all) {
        sooner(now() + check_retry_interval);
        co_return next;
    }
    for (const unrefunded_number& number : *all) {
        const auto done = checks_done_[number.effect.id.text()];
        const auto due = checks_due(number.effect, now());
        if (done < due) {
            const bool checked = co_await check(number, due == refund_check_times.size());
            if (checked)
                checks_done_[number.effect.id.text()] = due;
            else
                sooner(now() + check_retry_interval);
        }
        if (due < refund_check_times.size())
            sooner(purchased_at(number.effect) + refund_check_times[due]);
    }
    co_return next;
}

task<result<std::vector<refund_watcher::unrefunded_number>>> refund_watcher::find_unrefunded()
{
    std::vector<unrefunded_number> found;
    auto entries = co_await store().attention(true);
    if (!entries)
        co_return entries.error();
    for (const ledger::attention_record& entry : *entries) {
        if (entry.kind != ledger::name(effect_state::orphaned) && entry.kind != unsettled_entry &&
            entry.kind != refund_missing_entry)
            continue;
        auto numbers = co_await purchases_of(entry);
        if (!numbers)
            co_return numbers.error();
        for (ledger::effect_record& e : *numbers)
            found.push_back({std::move(e), entry});
    }
    co_return found;
}

/// Purchases that an entry about a number, or about a run that could not go on, leaves open: one at most.
task<result<std::vector<ledger::effect_record>>> refund_watcher::purchases_of(const ledger::attention_record& entry)
{
    ledger::effect_query q;
    q.run = entry.run.text();
    auto all = co_await store().effects(std::move(q));
    if (!all)
        co_return all.error();
    std::erase_if(*all, [&](const ledger::effect_record& e) {
        const bool named = entry.effect == e.id && e.state == effect_state::orphaned;
        const bool left = entry.effect.empty() && e.state == effect_state::accepted;
        return !is_unrefunded(e) || !(named || left);
    });
    if (all->size() > 1) // the run had given the earlier ones back, or their code was delivered
        all->erase(all->begin(), all->end() - 1);
    co_return all;
}

/// False: check again, because something could not be read or written.
task<bool> refund_watcher::check(const unrefunded_number& number, bool last)
{
    // Whether the balance can prove anything about this number.
    const auto& accounts = *services_.environment.accounts;
    const auto found = accounts.find(number.effect.account);
    if (found == accounts.end() || found->second->shared)
        co_return true;
    const auto account = found->second;        // a reload may take it out of the map
    if (!was_made_at(number.effect, *account)) // another wallet's balance says nothing
        co_return false;
    auto run = co_await store().run(number.effect.run);
    if (!run)
        co_return run.error().code == errc::not_found;
    const auto known = progress_from(run->progress);
    if (!known || !is_latest(number.effect, *known)) // the balance that is known is from before another purchase
        co_return true;

    // What it says.
    auto context = services_.context_of(*run);
    auto evidence =
        co_await gather_balance_evidence(context, *account, known->balance_before, number.effect, balance_reads::one);
    ULAK_FAILPOINT("strays/looked");
    if (evidence.finding == charge_finding::not_charged)
        co_return co_await record_refund(number, std::move(evidence.text));
    if (evidence.finding != charge_finding::charged || !last || number.entry.kind == refund_missing_entry)
        co_return true;
    co_return co_await raise_missing(context, number, std::move(evidence.text));
}

task<bool> refund_watcher::record_refund(const unrefunded_number& number, std::string evidence)
{
    ledger::batch all;
    all.push_back(refund_seen(number.effect, evidence));
    if (number.effect.state == effect_state::accepted)
        all.push_back(full_refund(number.effect, now()));
    // What an operator would say: it did not take place, or, asked after the refund, it has come.
    const std::string outcome = number.entry.kind == refund_missing_entry ? "done" : "not-done";
    ULAK_FAILPOINT("strays/pay-back");
    auto resolved = co_await services_.resolve_attention(number.entry.id, outcome, std::move(all));
    co_return resolved.has_value();
}

task<bool> refund_watcher::raise_missing(const run_context& run, const unrefunded_number& number, std::string evidence)
{
    const std::string text = "a number at " + number.effect.account + " (" + number.effect.provider +
                             ") that nobody drives to an end was not paid back: " + evidence;
    boost::json::object data;
    data["amount"] = json_of(number.entry.amount);
    data["attention"] = number.entry.id;
    auto all = run.notices(refund_missing_entry, text, data);
    auto event = run.event(events::number_refund_missing, events::level::error, text, data);
    event.event.account = number.effect.account;
    event.event.provider = number.effect.provider;
    all.push_back(std::move(event));
    ledger::raise_attention raise;
    raise.entry = number.entry;
    raise.entry.kind = refund_missing_entry;
    raise.entry.evidence = number.entry.evidence + "; " + text;
    all.push_back(std::move(raise));
    auto done = co_await services_.environment.recorder.commit(std::move(all));
    co_return done.has_value();
}

} // namespace ulak::kinds::otp
