#include "engine/detail/refund_watcher.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "engine/detail/attention.hpp"
#include "engine/detail/final_state.hpp"
#include "engine/detail/run_changes.hpp"
#include "events/event_names.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/otp_acquire/progress.hpp"

#include <unistd.h>

#include <algorithm>

namespace ulak::engine {

using ledger::effect_state;

namespace {

constexpr char number_operation[] = "number.order";
constexpr char refund_missing[] = "refund-missing";
/// After a balance or a store that could not be read.
constexpr auto look_again = std::chrono::minutes(1);

wall_point purchased_at(const ledger::effect_record& e)
{
    return e.dispatched_at.value_or(e.intended_at);
}

std::size_t checks_due(const ledger::effect_record& e, wall_point now)
{
    const auto age = now - purchased_at(e);
    return static_cast<std::size_t>(std::ranges::count_if(refund_check_times, [&](auto at) { return at <= age; }));
}

/// What became of it is not known, or it took place and was not given back.
bool is_unrefunded(const ledger::effect_record& e)
{
    const bool open = e.state == effect_state::orphaned || (e.state == effect_state::accepted && e.refunded.zero());
    return open && e.operation == number_operation;
}

bool is_latest(const ledger::effect_record& e, const kinds::otp::progress& p)
{
    return e.state == effect_state::orphaned ? e.step == "number/" + std::to_string(p.purchases)
                                             : p.held && p.held->effect == e.id;
}

} // namespace

/// Of an entry about a number, or about a run that could not go on.
task<result<std::vector<ledger::effect_record>>> refund_watcher::purchases_of(const ledger::attention_record& entry)
{
    ledger::effect_query q;
    q.run = entry.run.text();
    auto all = co_await shared_.store().effects(std::move(q));
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

task<result<std::vector<refund_watcher::unrefunded_number>>> refund_watcher::find_unrefunded()
{
    std::vector<unrefunded_number> found;
    auto entries = co_await shared_.store().attention(true);
    if (!entries)
        co_return entries.error();
    for (const ledger::attention_record& a : *entries) {
        if (a.kind != "orphaned" && a.kind != unsettled_kind && a.kind != refund_missing)
            continue;
        auto numbers = co_await purchases_of(a);
        if (!numbers)
            co_return numbers.error();
        for (ledger::effect_record& e : *numbers)
            found.push_back({std::move(e), a});
    }
    co_return found;
}

/// When the next look is due.
task<std::optional<wall_point>> refund_watcher::check_all()
{
    std::optional<wall_point> next;
    const auto sooner = [&next](wall_point at) { next = next ? std::min(*next, at) : at; };
    auto all = co_await find_unrefunded();
    if (!all) {
        sooner(shared_.wall() + look_again);
        co_return next;
    }
    for (const unrefunded_number& s : *all) {
        auto& looked = checks_done_[s.effect.id.text()];
        const auto due = checks_due(s.effect, shared_.wall());
        if (looked < due) {
            const bool done = co_await check(s, due == refund_check_times.size());
            if (done)
                checks_done_[s.effect.id.text()] = due;
            else
                sooner(shared_.wall() + look_again);
        }
        if (due < refund_check_times.size())
            sooner(purchased_at(s.effect) + refund_check_times[due]);
    }
    co_return next;
}

/// False: it has to be looked at again, because something could not be read or written.
task<bool> refund_watcher::check(const unrefunded_number& s, bool last)
{
    const auto who = shared_.deps.accounts->find(s.effect.account);
    if (who == shared_.deps.accounts->end() || who->second->shared)
        co_return true;
    const auto account = who->second; // a reload may take it out of the map
    auto run = co_await shared_.store().run(s.effect.run);
    if (!run)
        co_return run.error().code == errc::not_found;
    const auto progress = kinds::otp::progress_from(run->progress);
    if (!progress || !is_latest(s.effect, *progress)) // the balance that is known is from before another purchase
        co_return true;
    yaml::problems ignored;
    const auto job = shared_.jobs.from_definition(run->job, run->definition, ignored);
    const auto rules = job ? job->document.notify : std::vector<job::notify_rule>();
    kinds::run_context ctx(shared_.environment, *run, job::budget(), rules, bound_params(run->params));
    auto word = co_await kinds::gather_balance_evidence(ctx, *account, progress->balance_before, s.effect, kinds::balance_reads::one);
    ULAK_FAILPOINT("strays/looked");
    if (word.finding == kinds::charge_finding::not_charged)
        co_return co_await record_refund(s, std::move(word.text));
    if (word.finding != kinds::charge_finding::charged || !last || s.entry.kind == refund_missing)
        co_return true;
    co_return co_await raise_missing(ctx, s, std::move(word.text));
}

task<bool> refund_watcher::record_refund(const unrefunded_number& s, std::string evidence)
{
    auto e = make_event(events::effect_reconciled, events::level::notice,
                  s.effect.operation + " at " + s.effect.account + " was paid back: " + evidence, s.effect.job);
    e.run = s.effect.run.text();
    e.account = s.effect.account;
    e.provider = s.effect.provider;
    e.data["effect"] = s.effect.id.text();
    ledger::batch all;
    all.push_back(ledger::append_event{std::move(e)});
    if (s.effect.state == effect_state::accepted) {
        ledger::refund_effect refund;
        refund.id = s.effect.id;
        refund.amount = s.effect.charged.value_or(s.effect.expected).amount;
        refund.at = shared_.wall();
        all.push_back(std::move(refund));
    }
    // What a person would say: it did not take place, or, asked after the refund, it has come.
    const std::string outcome = s.entry.kind == refund_missing ? "done" : "not-done";
    ULAK_FAILPOINT("strays/pay-back");
    auto resolved = co_await resolve_entry(shared_, s.entry.id, outcome, ::geteuid(), std::move(all));
    co_return resolved.has_value();
}

task<bool> refund_watcher::raise_missing(const kinds::run_context& run, const unrefunded_number& s, std::string evidence)
{
    const std::string text = "a number at " + s.effect.account + " (" + s.effect.provider +
                             ") that nobody drives to an end was not paid back: " + evidence;
    boost::json::object data;
    data["amount"] = json_of(s.entry.amount);
    data["attention"] = s.entry.id;
    auto all = run.notices(refund_missing, text, data);
    auto told = run.event(events::number_refund_missing, events::level::error, text, data);
    told.event.account = s.effect.account;
    told.event.provider = s.effect.provider;
    all.push_back(std::move(told));
    ledger::raise_attention raise;
    raise.entry = s.entry;
    raise.entry.kind = refund_missing;
    raise.entry.evidence = s.entry.evidence + "; " + text;
    all.push_back(std::move(raise));
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    co_return done.has_value();
}

task<> refund_watcher::loop()
{
    while (!shared_.stopping) {
        auto next = co_await check_all();
        std::optional<async::steady_point> until;
        if (next)
            until = shared_.steady_in(std::max(*next - shared_.wall(), std::chrono::milliseconds(0)));
        co_await shared_.refund_wakeup.wait(shared_.deps.time, until);
    }
}

} // namespace ulak::engine
