#include "kinds/smm_order/poll_changes.hpp"

#include "core/text.hpp"
#include "events/event_names.hpp"
#include "kinds/smm_order/charge_changes.hpp"
#include "kinds/smm_order/order_entry.hpp"
#include "kinds/smm_order/order_result.hpp"

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

/// A word that is in no table ends nothing: only a person can tell what it means.
void add_unknown_word(const shared_run& run, const transition& t, const providers::panel_status& seen,
                      const json::object& data, ledger::batch& changes)
{
    if (!t.new_word || seen.state != providers::panel_status::order_state::unknown)
        return;
    changes.push_back(run.context.event(*run.account, events::order_status, events::level::warning,
                                        "order " + run.progress.order + " is \"" + printable(seen.provider_status, 40) +
                                            "\", a word that is not known: the order is followed as one that goes on. "
                                            "If the word is an end, name it under `words` of the account " +
                                            run.account->name,
                                        data));
}

} // namespace

ledger::batch poll_changes(const shared_run& run, const transition& t,
                           const std::optional<providers::panel_status>& seen, const poll_money& moved)
{
    const outcome end = t.next_state.ended_as;
    const std::string order = "order " + run.progress.order;
    const json::object data = result_json(run.progress, seen);
    ledger::batch changes;
    if (t.changed || end != outcome::open)
        changes.push_back(run.context.event(*run.account, events::order_status, events::level::info,
                                            order + ": " + printable(t.next_state.status_text, 40), data));
    if (seen)
        add_unknown_word(run, t, *seen, data, changes);
    add_notices(run, t, data, changes);
    if (seen)
        add_charge(run, end, *seen, moved.reckoned, changes);
    add_refund(run, moved.refund, changes);
    if (end == outcome::gave_up) {
        changes.push_back(order_entry(run, "stalled", order + " is still " + printable(t.next_state.status_text, 40)));
        changes.push_back(run.context.event(*run.account, events::attention_raised, events::level::error,
                                            order + " did not end", data));
    }
    return changes;
}

} // namespace ulak::kinds::smm
