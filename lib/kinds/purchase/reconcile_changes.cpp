#include "kinds/purchase/reconcile_changes.hpp"

#include "core/text.hpp"
#include "events/event_names.hpp"

#include <unistd.h>

#include <algorithm>

namespace ulak::kinds {

using ledger::effect_state;

namespace {

ledger::append_event reconciled_event(const run_context& c, const ledger::effect_record& lost, effect_state to,
                                      events::level severity, const std::string& evidence)
{
    boost::json::object data;
    data["effect"] = lost.id.text();
    data["step"] = lost.step;
    data["outcome"] = std::string(ledger::name(to));
    auto event = c.event(events::effect_reconciled, severity, lost.operation + " at " + lost.account + ": " + evidence,
                         std::move(data));
    event.event.account = lost.account;
    event.event.provider = lost.provider;
    return event;
}

} // namespace

task<ledger::batch> resolve_attention_changes(run_context& c, std::string id, std::string outcome)
{
    ledger::batch all;
    auto open = co_await c.store().attention(true);
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
    auto closed = co_await resolve_attention_changes(c, lost.id.text(), outcome);
    auto event = reconciled_event(c, lost, move.to, events::level::notice, move.evidence);
    move.evidence = joined(lost.evidence, "; ", move.evidence);
    move.at = c.clock().wall_now();
    ledger::batch all;
    all.push_back(std::move(move));
    all.insert(all.end(), closed.begin(), closed.end());
    all.push_back(std::move(event));
    co_return all;
}

task<ledger::batch> not_executed_changes(run_context& c, const ledger::effect_record& lost, std::string evidence)
{
    ledger::move_effect move(lost.id, effect_state::not_executed);
    move.evidence = std::move(evidence);
    return reconciled_changes(c, lost, std::move(move), "not-done");
}

ledger::batch unresolved_changes(run_context& c, const ledger::effect_record& lost, const balance_evidence& found)
{
    ledger::batch all;
    const bool charged = found.finding == charge_finding::charged || lost.state == effect_state::orphaned;
    if (found.text.empty() && !charged)
        return all;
    ledger::move_effect move(lost.id, charged ? effect_state::orphaned : effect_state::ambiguous);
    move.evidence = joined(lost.evidence, "; ", found.text);
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
    auto event =
        reconciled_event(c, lost, move.to, charged ? events::level::error : events::level::warning, found.text);
    all.push_back(std::move(move));
    all.push_back(std::move(raise));
    all.push_back(std::move(event));
    return all;
}

} // namespace ulak::kinds
