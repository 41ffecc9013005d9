#include "kinds/smm_order/order_entry.hpp"

namespace ulak::kinds::smm {

ledger::raise_attention order_entry(const shared_run& run, std::string kind, std::string evidence)
{
    const progress& p = run.progress;
    ledger::raise_attention raise;
    raise.entry.id = kind == "stalled" ? p.effect.text() : p.effect.text() + "-" + kind;
    raise.entry.effect = p.effect;
    raise.entry.run = run.context.run().id;
    raise.entry.job = run.context.run().job;
    raise.entry.account = run.account->name;
    raise.entry.kind = std::move(kind);
    raise.entry.amount = p.cost.value_or(money());
    raise.entry.at = run.context.clock().wall_now();
    raise.entry.evidence = std::move(evidence);
    return raise;
}

} // namespace ulak::kinds::smm
