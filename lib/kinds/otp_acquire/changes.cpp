// What the end of a number, and the alarm about one, write into the store.
#include "kinds/otp_acquire/job.hpp"

#include "core/json_text.hpp"
#include "core/phone.hpp"
#include "events/event_names.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::kinds::otp {

namespace json = boost::json;

ledger::append_event otp_run::number_event(const char* what, events::level severity, std::string message,
                                   json::object data) const
{
    auto e = context_.event(what, severity, std::move(message), std::move(data));
    const auto& name = progress_.held ? progress_.held->account : settings_.candidates[progress_.candidate].account;
    e.event.account = name;
    if (const auto who = context_.account(name))
        e.event.provider = who->provider;
    return e;
}

ledger::batch otp_run::alarm_changes(outcome end, const std::string& provider)
{
    const held_number& n = *progress_.held;
    progress_.at_risk = true;
    const bool hidden = end == outcome::code_unreadable;
    const std::string text =
        "number " + n.number_id + " at " + n.account + " (" + provider + "): " +
        (hidden ? "the provider says that the code is here, and does not show it, " : "no refund was confirmed, ") +
        n.price.text() + " at risk";
    ledger::raise_attention raise;
    raise.entry.id = n.effect.text();
    raise.entry.effect = n.effect;
    raise.entry.run = context_.run().id;
    raise.entry.job = context_.run().job;
    raise.entry.account = n.account;
    raise.entry.kind = hidden ? "code-unreadable" : "refund-missing";
    raise.entry.amount = n.price;
    raise.entry.at = context_.clock().wall_now();
    raise.entry.evidence = text + "; " + std::to_string(n.machine_state.cancels) + " cancels asked, " +
                           std::to_string(n.machine_state.cancels_confirmed) + " confirmed, " + std::to_string(n.machine_state.polls) +
                           " looks";
    json::object data;
    data["number_id"] = n.number_id;
    data["number"] = mask_number(n.number);
    data["amount"] = ulak::json_of(n.price);
    data["attention"] = n.effect.text();
    ledger::batch all;
    if (!hidden) {
        all = context_.notices("refund-missing", text, data);
        all.push_back(number_event(events::number_refund_missing, events::level::error, text, data));
    }
    all.push_back(std::move(raise));
    all.push_back(number_event(events::attention_raised, events::level::error, text, std::move(data)));
    return all;
}

/// The number is no longer held after this.
ledger::batch otp_run::final_changes(const transition& t, ledger::update_run& state)
{
    const held_number n = *progress_.held;
    const ulak::kinds::otp::state& m = t.next_state;
    ledger::batch all;
    json::object data;
    data["number_id"] = n.number_id;
    data["number"] = mask_number(n.number);
    progress_.cancel_requested = progress_.cancel_requested || m.cancel_requested;
    if (m.ended_as == outcome::code) {
        progress_.delivered = true;
        progress_.at_risk = false;
        data["length"] = code_.size();
        data["late"] = m.code_late;
        state.result = json::serialize(result_json(n, code_, m.code_late));
        all.push_back(number_event(events::number_code, events::level::info,
                           std::string(m.code_late ? "a late code" : "a code") + " came on " + mask_number(n.number),
                           std::move(data)));
    } else if (m.ended_as == outcome::refunded || m.refund_seen) {
        progress_.at_risk = progress_.at_risk && !m.refund_seen;
        if (m.refund_seen || !m.alarm_raised) { // after the window a yes is no refund until it is seen
            ledger::refund_effect refund;
            refund.id = n.effect;
            refund.amount = n.price.amount;
            refund.at = context_.clock().wall_now();
            all.push_back(std::move(refund));
        }
        data["seen"] = m.refund_seen;
        all.push_back(number_event(events::number_cancelled, events::level::info,
                           "number " + mask_number(n.number) + " was given back" +
                               (m.refund_seen ? ", the refund is in the balance" : ""),
                           std::move(data)));
    } else if (m.ended_as == outcome::ended_by_provider) {
        data["seen"] = false;
        all.push_back(number_event(events::number_cancelled, events::level::warning,
                           "number " + mask_number(n.number) + " was ended by the provider", std::move(data)));
    }
    progress_.held.reset();
    return all;
}

} // namespace ulak::kinds::otp
