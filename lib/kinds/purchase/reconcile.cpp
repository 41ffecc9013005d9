#include "kinds/purchase/reconcile.hpp"

namespace ulak::kinds {

using ledger::effect_state;

namespace {

/// Gathers the evidence and writes what follows from it.
task<reconcile_outcome> conclude(run_context& c, const ledger::effect_record& lost, evidence_source& source)
{
    auto evidence = co_await source.gather(lost);
    if (evidence.done)
        co_return reconcile_outcome::settled_by_source;
    if (c.stopping())
        co_return reconcile_outcome::stopped;
    ledger::batch changes;
    if (evidence.not_executed) {
        changes = co_await not_executed_changes(c, lost, evidence.balance.text);
    } else {
        if (evidence.balance.finding == charge_finding::charged)
            evidence.balance.text += "; " + source.lost_with_the_answer();
        changes = unresolved_changes(c, lost, evidence.balance);
    }
    auto saved = co_await source.save(std::move(changes), evidence.not_executed);
    if (!saved && c.stopping())
        co_return reconcile_outcome::stopped;
    // A store that refuses means that an operator or another run was faster.
    co_return (saved && evidence.not_executed) ? reconcile_outcome::not_executed : reconcile_outcome::unresolved;
}

} // namespace

bool is_open(effect_state s) noexcept
{
    return s == effect_state::ambiguous || s == effect_state::orphaned || s == effect_state::dispatched;
}

task<result<ledger::effect_record>> find_effect(run_context& c, effect_id id)
{
    ledger::effect_query q;
    q.run = c.run().id.text();
    auto all = co_await c.store().effects(std::move(q));
    if (!all)
        co_return all.error();
    for (const ledger::effect_record& e : *all)
        if (e.id == id)
            co_return e;
    co_return error(errc::not_found, "no effect " + id.text());
}

task<reconcile_outcome> reconcile(run_context& c, std::shared_ptr<providers::account> account, effect_id id,
                                  evidence_source& source)
{
    auto lost = co_await find_effect(c, id);
    if (!lost || lost->state != effect_state::ambiguous)
        co_return reconcile_outcome::unresolved;
    const auto outcome = co_await conclude(c, *lost, source);
    account->reconciled->insert(id.text());
    co_return outcome;
}

} // namespace ulak::kinds
