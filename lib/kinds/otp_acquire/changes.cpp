// What the end of a number, and the alarm about one, write into the store.
#include "kinds/otp_acquire/job.hpp"

#include "core/json_text.hpp"
#include "core/phone.hpp"
#include "events/names.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::kinds::otp {

namespace json = boost::json;

ledger::append_event session::told(const char* what, events::level severity, std::string message,
                                   json::object data) const
{
    auto e = c_.event(what, severity, std::move(message), std::move(data));
    const auto& name = p_.held ? p_.held->account : s_.candidates[p_.candidate].account;
    e.event.account = name;
    if (const auto who = c_.account(name))
        e.event.provider = who->provider;
    return e;
}

ledger::batch session::alarm(fate end, const std::string& provider)
{
    const held_number& n = *p_.held;
    p_.at_risk = true;
    const bool hidden = end == fate::unreadable;
    const std::string text =
        "number " + n.id + " at " + n.account + " (" + provider + "): " +
        (hidden ? "the provider says that the code is here, and does not show it, " : "no refund was confirmed, ") +
        n.price.text() + " at risk";
    ledger::raise_attention raise;
    raise.entry.id = n.effect.text();
    raise.entry.effect = n.effect;
    raise.entry.run = c_.run().id;
    raise.entry.job = c_.run().job;
    raise.entry.account = n.account;
    raise.entry.kind = hidden ? "code-unreadable" : "refund-missing";
    raise.entry.amount = n.price;
    raise.entry.at = c_.clock().wall_now();
    raise.entry.evidence = text + "; " + std::to_string(n.machine.cancels) + " cancels asked, " +
                           std::to_string(n.machine.confirmations) + " confirmed, " + std::to_string(n.machine.polls) +
                           " looks";
    json::object data;
    data["number_id"] = n.id;
    data["number"] = mask_number(n.number);
    data["amount"] = ulak::json_of(n.price);
    data["attention"] = n.effect.text();
    ledger::batch all;
    if (!hidden) {
        all = c_.notices("refund-missing", text, data);
        all.push_back(told(events::number_refund_missing, events::level::error, text, data));
    }
    all.push_back(std::move(raise));
    all.push_back(told(events::attention_raised, events::level::error, text, std::move(data)));
    return all;
}

/// The number is no longer held after this.
ledger::batch session::finish(const turn& t, ledger::update_run& state)
{
    const held_number n = *p_.held;
    const ulak::kinds::otp::state& m = t.next;
    ledger::batch all;
    json::object data;
    data["number_id"] = n.id;
    data["number"] = mask_number(n.number);
    p_.by_person = p_.by_person || m.by_person;
    if (m.end == fate::code) {
        p_.delivered = true;
        p_.at_risk = false;
        data["length"] = code_.size();
        data["late"] = m.late;
        state.result = json::serialize(result_json(n, code_, m.late));
        all.push_back(told(events::number_code, events::level::info,
                           std::string(m.late ? "a late code" : "a code") + " came on " + mask_number(n.number),
                           std::move(data)));
    } else if (m.end == fate::returned || m.seen) {
        p_.at_risk = p_.at_risk && !m.seen;
        if (m.seen || !m.alarmed) { // after the window a yes is no refund until it is seen
            ledger::refund_effect refund;
            refund.id = n.effect;
            refund.amount = n.price.amount;
            refund.at = c_.clock().wall_now();
            all.push_back(std::move(refund));
        }
        data["seen"] = m.seen;
        all.push_back(told(events::number_cancelled, events::level::info,
                           "number " + mask_number(n.number) + " was given back" +
                               (m.seen ? ", the refund is in the balance" : ""),
                           std::move(data)));
    } else if (m.end == fate::ended) {
        data["seen"] = false;
        all.push_back(told(events::number_cancelled, events::level::warning,
                           "number " + mask_number(n.number) + " was ended by the provider", std::move(data)));
    }
    p_.held.reset();
    return all;
}

} // namespace ulak::kinds::otp
