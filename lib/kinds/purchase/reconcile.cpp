#include "kinds/purchase/reconcile.hpp"

#include "events/event_names.hpp"
#include "kinds/json_fields.hpp"
#include "kinds/waiting.hpp"

#include <unistd.h>

#include <algorithm>

namespace ulak::kinds {

using ledger::effect_state;
using namespace std::chrono_literals;

namespace {

/// Between two looks whether a doubt of another run is looked into, and how long that can take at most.
constexpr std::chrono::milliseconds reconcile_poll = 1s;
constexpr std::chrono::seconds longest_reconcile_wait = evidence_schedule.back() + 120s;

std::string joined(const std::string& a, const std::string& b)
{
    return a.empty() || b.empty() ? a + b : a + "; " + b;
}

/// Other runs' purchases on this account that are in doubt, and that their runs will look into.
task<std::vector<std::string>> unreconciled_elsewhere(run_context& c, const providers::account& who)
{
    std::vector<std::string> open;
    ledger::effect_query q;
    q.account = who.name;
    q.states = {effect_state::ambiguous};
    auto reading = c.store().effects(std::move(q));
    auto all = co_await std::move(reading);
    if (!all)
        co_return open;
    for (const ledger::effect_record& e : *all) {
        if (e.run == c.run().id || who.reconciled.contains(e.id.text()))
            continue;
        auto asking = c.store().run(e.run);
        auto run = co_await std::move(asking);
        if (run && !ledger::is_final(run->state))
            open.push_back(e.id.text());
    }
    co_return open;
}

} // namespace

void put_balance(boost::json::object& o, const std::optional<balance_snapshot>& b)
{
    if (!b)
        return;
    put_money(o, "before", b->amount);
    o["before_at"] = unix_ms(b->at);
}

std::optional<balance_snapshot> balance_field(const boost::json::object& o)
{
    const auto amount = money_field(o, "before");
    if (!amount || !o.contains("before_at"))
        return std::nullopt;
    balance_snapshot b;
    b.amount = *amount;
    b.at = from_unix_ms(integer_field(o, "before_at"));
    return b;
}

task<result<ledger::effect_record>> find_effect(run_context& c, effect_id id)
{
    ledger::effect_query q;
    q.run = c.run().id.text();
    auto reading = c.store().effects(std::move(q));
    auto all = co_await std::move(reading);
    if (!all)
        co_return all.error();
    for (const ledger::effect_record& e : *all)
        if (e.id == id)
            co_return e;
    co_return error(errc::not_found, "no effect " + id.text());
}

task<ledger::batch> resolve_attention_changes(run_context& c, std::string id, std::string outcome)
{
    ledger::batch all;
    auto reading = c.store().attention(true);
    auto open = co_await std::move(reading);
    if (!open ||
        std::none_of(open->begin(), open->end(), [&](const ledger::attention_record& a) { return a.id == id; }))
        co_return all;
    ledger::resolve_attention resolve;
    resolve.id = id;
    resolve.outcome = outcome;
    resolve.operator_uid = ::geteuid();
    resolve.at = c.clock().wall_now();
    all.push_back(std::move(resolve));
    boost::json::object data;
    data["attention"] = id;
    data["outcome"] = outcome;
    data["by"] = "evidence";
    all.push_back(c.event(events::attention_resolved, events::level::notice, "settled by evidence", std::move(data)));
    co_return all;
}

task<ledger::batch> reconciled_changes(run_context& c, const ledger::effect_record& lost, ledger::move_effect move,
                                       std::string outcome)
{
    auto closing = resolve_attention_changes(c, lost.id.text(), outcome);
    auto closed = co_await std::move(closing);
    boost::json::object data;
    data["effect"] = lost.id.text();
    data["step"] = lost.step;
    data["outcome"] = std::string(ledger::name(move.to));
    auto told = c.event(events::effect_reconciled, events::level::notice,
                        lost.operation + " at " + lost.account + ": " + move.evidence, std::move(data));
    told.event.account = lost.account;
    told.event.provider = lost.provider;
    move.evidence = joined(lost.evidence, move.evidence);
    move.at = c.clock().wall_now();
    ledger::batch all;
    all.push_back(std::move(move));
    all.insert(all.end(), closed.begin(), closed.end());
    all.push_back(std::move(told));
    co_return all;
}

ledger::batch unresolved_changes(run_context& c, const ledger::effect_record& lost, const balance_evidence& found)
{
    ledger::batch all;
    const bool charged = found.finding == charge_finding::charged || lost.state == effect_state::orphaned;
    if (found.text.empty() && !charged)
        return all;
    ledger::move_effect move(lost.id, charged ? effect_state::orphaned : effect_state::ambiguous);
    move.evidence = joined(lost.evidence, found.text);
    move.at = c.clock().wall_now();
    ledger::raise_attention raise;
    raise.entry.id = lost.id.text();
    raise.entry.effect = lost.id;
    raise.entry.run = lost.run;
    raise.entry.job = lost.job;
    raise.entry.account = lost.account;
    raise.entry.kind = charged ? "orphaned" : "ambiguous";
    raise.entry.amount = lost.expected;
    raise.entry.at = c.clock().wall_now();
    raise.entry.evidence = lost.operation + " " + lost.step + ": " + move.evidence;
    boost::json::object data;
    data["effect"] = lost.id.text();
    data["step"] = lost.step;
    data["outcome"] = std::string(ledger::name(move.to));
    auto told = c.event(events::effect_reconciled, charged ? events::level::error : events::level::warning,
                        lost.operation + " at " + lost.account + ": " + found.text, std::move(data));
    told.event.account = lost.account;
    told.event.provider = lost.provider;
    all.push_back(std::move(move));
    all.push_back(std::move(raise));
    all.push_back(std::move(told));
    return all;
}

task<> wait_for_reconciliation(run_context& c, providers::account& who)
{
    if (who.shared || !who.balances)
        co_return;
    const async::steady_point longest = c.clock().now() + longest_reconcile_wait;
    while (true) {
        auto asking = unreconciled_elsewhere(c, who);
        auto open = co_await std::move(asking);
        if (open.empty() || c.stopping() || c.cancel_requested())
            co_return;
        if (c.clock().now() >= longest) { // nobody looks into them any more
            who.reconciled.insert(open.begin(), open.end());
            co_return;
        }
        co_await sleep_for(c, reconcile_poll);
    }
}

} // namespace ulak::kinds
