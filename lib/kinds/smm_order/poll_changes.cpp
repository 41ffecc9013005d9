#include "kinds/smm_order/poll_changes.hpp"

#include "core/text.hpp"
#include "events/event_names.hpp"
#include "kinds/smm_order/order_result.hpp"

#include <algorithm>

namespace ulak::kinds::smm {
namespace {

namespace json = boost::json;

void add_notices(const shared_run& run, const transition& t, const json::object& data, ledger::batch& changes)
{
    const outcome end = t.next_state.ended_as;
    const std::string order = "order " + run.progress.order;
    const std::string status = printable(t.next_state.status_text, 40);
    const auto notify = [&](const char* moment, const std::string& text) {
        const auto notices = run.context.notices(moment, text, data);
        changes.insert(changes.end(), notices.begin(), notices.end());
    };
    if (t.newly_stalled)
        notify("stalled", order + " does not move: " + status);
    if (end == outcome::completed)
        notify("completed", order + " is " + std::string(name(end)));
    if (end == outcome::partial)
        notify("partial", order + " is " + std::string(name(end)));
    if (end == outcome::canceled || end == outcome::failed)
        notify("canceled", order + " was ended by the panel: " + status);
}

ledger::raise_attention unfinished_entry(const shared_run& run, const transition& t)
{
    const progress& p = run.progress;
    ledger::raise_attention raise;
    raise.entry.id = p.effect.text();
    raise.entry.effect = p.effect;
    raise.entry.run = run.context.run().id;
    raise.entry.job = run.context.run().job;
    raise.entry.account = run.account->name;
    raise.entry.kind = "stalled";
    raise.entry.amount = p.cost.value_or(money());
    raise.entry.at = run.context.clock().wall_now();
    raise.entry.evidence = "order " + p.order + " is still " + printable(t.next_state.status_text, 40);
    return raise;
}

} // namespace

std::optional<decimal> refund_of(const progress& p, outcome end, const providers::panel_status& seen)
{
    if (!p.cost || end == outcome::open || end == outcome::gave_up)
        return std::nullopt;
    decimal back;
    if (end == outcome::canceled)
        back = p.cost->amount;
    else if (seen.charge)
        back = p.cost->amount - *seen.charge;
    else if (end == outcome::partial && seen.remains && p.quantity > 0)
        back = p.cost->amount.times(std::clamp<std::int64_t>(*seen.remains, 0, p.quantity), p.quantity);
    if (back.negative() || back.zero())
        return std::nullopt;
    return std::min(back, p.cost->amount);
}

ledger::batch poll_changes(const shared_run& run, const transition& t,
                           const std::optional<providers::panel_status>& seen)
{
    const outcome end = t.next_state.ended_as;
    const std::string order = "order " + run.progress.order;
    const json::object data = result_json(run.progress, seen);
    ledger::batch changes;
    if (t.changed || end != outcome::open)
        changes.push_back(run.context.event(*run.account, events::order_status, events::level::info,
                                            order + ": " + printable(t.next_state.status_text, 40), data));
    add_notices(run, t, data, changes);
    if (const auto back = seen ? refund_of(run.progress, end, *seen) : std::nullopt) {
        ledger::refund_effect refund;
        refund.id = run.progress.effect;
        refund.amount = *back;
        refund.at = run.context.clock().wall_now();
        changes.push_back(std::move(refund));
    }
    if (end == outcome::gave_up) {
        changes.push_back(unfinished_entry(run, t));
        changes.push_back(run.context.event(*run.account, events::attention_raised, events::level::error,
                                            order + " did not end", data));
    }
    return changes;
}

} // namespace ulak::kinds::smm
