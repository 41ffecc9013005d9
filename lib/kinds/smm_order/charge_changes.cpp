#include "kinds/smm_order/charge_changes.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "kinds/smm_order/order_charge.hpp"
#include "kinds/smm_order/order_entry.hpp"

namespace ulak::kinds::smm {
namespace {

namespace json = boost::json;

constexpr char mismatch_moment[] = "charge-mismatch";

/// Event and notices of one difference.
void tell(const shared_run& run, const std::string& text, const json::object& data, ledger::batch& changes)
{
    changes.push_back(run.context.event(*run.account, events::charge_mismatch, events::level::warning, text, data));
    const auto notices = run.context.notices(mismatch_moment, run.context.run().job + ": " + text, data);
    changes.insert(changes.end(), notices.begin(), notices.end());
}

void raise(const shared_run& run, std::string kind, const std::string& text, const json::object& data,
           ledger::batch& changes)
{
    changes.push_back(order_entry(run, std::move(kind), text));
    changes.push_back(run.context.event(*run.account, events::attention_raised, events::level::error, text, data));
}

ledger::move_effect charge_of_effect(const shared_run& run)
{
    ledger::move_effect move(run.progress.effect, ledger::effect_state::accepted);
    move.charged = run.progress.cost;
    move.at = run.context.clock().wall_now();
    return move;
}

json::object data_of(const shared_run& run, const money& charge, const money& reckoned)
{
    json::object data;
    data["order"] = run.progress.order;
    data["charge"] = ulak::json_of(charge);
    data["reckoned"] = ulak::json_of(reckoned);
    return data;
}

} // namespace

void add_charge(const shared_run& run, outcome end, const providers::panel_status& seen,
                const std::optional<money>& reckoned, ledger::batch& changes)
{
    const progress& p = run.progress;
    const std::string order = "order " + p.order;
    if (is_in_other_unit(p, seen) && end != outcome::open) {
        const money charge(*seen.charge, seen.currency);
        tell(run,
             order + " was charged " + charge.text() + ", which cannot be compared with the " + p.cost->text() +
                 " that were reckoned",
             data_of(run, charge, *p.cost), changes);
    }
    if (!reckoned)
        return;
    const std::string text = order + " was charged " + p.cost->text() + ", but " + reckoned->text() + " were reckoned";
    const json::object data = data_of(run, *p.cost, *reckoned);
    changes.push_back(charge_of_effect(run));
    tell(run, text, data, changes);
    const auto& most = run.settings.max_cost;
    if (most && most->unit == p.cost->unit && p.cost->amount > most->amount)
        raise(run, "charge", text + "; max_cost is " + most->text(), data, changes);
}

void add_refund(const shared_run& run, const checked_refund& refund, ledger::batch& changes)
{
    if (refund.finding == refund_finding::none)
        return;
    if (!refund.seen.zero()) {
        ledger::refund_effect back;
        back.id = run.progress.effect;
        back.amount = refund.seen;
        back.at = run.context.clock().wall_now();
        changes.push_back(std::move(back));
    }
    const std::string order = "order " + run.progress.order;
    json::object data;
    data["order"] = run.progress.order;
    data["refund"] = ulak::json_of(refund.told);
    data["finding"] = name(refund.finding);
    if (refund.finding == refund_finding::contradicted)
        return raise(run, "refund-missing", order + ": the refund is missing: " + refund.text, data, changes);
    const bool sure = refund.finding == refund_finding::confirmed;
    changes.push_back(run.context.event(*run.account, events::order_status, events::level::info,
                                        order + ": the refund of " + refund.told.text() +
                                            (sure ? " is confirmed: " : " is unconfirmed: ") + refund.text,
                                        std::move(data)));
}

} // namespace ulak::kinds::smm
