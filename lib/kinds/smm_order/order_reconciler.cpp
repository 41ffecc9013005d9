#include "kinds/smm_order/order_reconciler.hpp"

namespace ulak::kinds::smm {

using ledger::effect_state;
using ledger::run_state;

namespace {

ending unresolved()
{
    return ending(
        run_state::attention,
        error(errc::ambiguous, "it is not known whether the order was placed, see attention", reach::maybe_sent));
}

} // namespace

task<gathered_evidence> order_reconciler::gather(const ledger::effect_record& lost)
{
    auto balance = co_await gather_balance_evidence(run_.context, *run_.account, run_.progress.balance_before, lost);
    gathered_evidence evidence(std::move(balance));
    evidence.not_executed = evidence.balance.finding == charge_finding::not_charged;
    co_return evidence;
}

task<result<void>> order_reconciler::save(ledger::batch changes, bool)
{
    return run_.context.save_progress(to_json(run_.progress), std::move(changes));
}

task<std::optional<ending>> order_reconciler::reconcile(effect_id id)
{
    const auto outcome = co_await kinds::reconcile(run_.context, run_.account, id, *this);
    switch (outcome) {
    case reconcile_outcome::not_executed: co_return std::nullopt;
    case reconcile_outcome::stopped: co_return ending::stopped();
    default: co_return unresolved();
    }
}

/// The order is placed: what the effect tells about it becomes the progress.
task<result<void>> order_reconciler::adopt(const ledger::effect_record& e)
{
    run_.progress.order = e.provider_ref;
    run_.progress.effect = e.id;
    run_.progress.drip = run_.settings.drip_runs.has_value();
    run_.progress.cost = e.charged.value_or(e.expected);
    run_.progress.placed_at = e.dispatched_at.value_or(e.intended_at);
    return run_.context.save_progress(to_json(run_.progress));
}

task<std::optional<ending>> order_reconciler::resume()
{
    ledger::effect_query q;
    q.run = run_.context.run().id.text();
    auto effects = co_await run_.context.store().effects(std::move(q));
    if (!effects)
        co_return ending(run_state::failed, effects.error());
    for (const ledger::effect_record& e : *effects) {
        if (is_open(e.state))
            co_return co_await reconcile(e.id);
        if (e.state != effect_state::accepted)
            continue;
        if (e.provider_ref.starts_with(operator_ref_prefix))
            co_return ending(run_state::attention,
                             error(errc::ambiguous, "the order was placed, but its number is not known"));
        auto saved = co_await adopt(e);
        if (!saved)
            co_return ending::stopped();
    }
    co_return std::nullopt;
}

} // namespace ulak::kinds::smm
