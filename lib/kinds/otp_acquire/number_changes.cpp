#include "kinds/otp_acquire/number_changes.hpp"

#include "core/json_text.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;

/// With the number's account and provider. The provider stays empty where the account is gone from ulak.yaml.
ledger::append_event number_event(const run_context& c, const held_number& n, const char* name, events::level severity,
                                  std::string message, json::object data)
{
    auto e = c.event(name, severity, std::move(message), std::move(data));
    e.event.account = n.account;
    if (const auto account = c.account(n.account))
        e.event.provider = account->provider;
    return e;
}

/// Logs and events show a number without its middle.
json::object number_data(const held_number& n)
{
    json::object data;
    data["number_id"] = n.number_id;
    data["number"] = mask_number(n.number);
    return data;
}

bool code_unreadable(const held_number& n)
{
    return n.machine_state.ended_as == outcome::code_unreadable;
}

std::string alarm_text(const run_context& c, const held_number& n)
{
    const auto account = c.account(n.account);
    const std::string elsewhere = n.digits_elsewhere.empty()
                                      ? std::string("does not show it, ")
                                      : "does not show it where it is looked for; digits stand in " +
                                            join(n.digits_elsewhere, ", ") +
                                            ": if that is the code, name it in the account's code_fields, ";
    const std::string why =
        code_unreadable(n) ? "the provider says that the code is here, and " + elsewhere : "no refund was confirmed, ";
    return "number " + n.number_id + " at " + n.account + " (" + (account ? account->provider : std::string()) +
           "): " + why + n.price.text() + " at risk";
}

/// Its id is that of the purchase, so that a number has one entry whatever is found later.
ledger::raise_attention attention_entry(run_context& c, const held_number& n, const std::string& text)
{
    const state& s = n.machine_state;
    ledger::raise_attention raise;
    raise.entry.id = n.effect.text();
    raise.entry.effect = n.effect;
    raise.entry.run = c.run().id;
    raise.entry.job = c.run().job;
    raise.entry.account = n.account;
    raise.entry.kind = code_unreadable(n) ? "code-unreadable" : "refund-missing";
    raise.entry.amount = n.price;
    raise.entry.at = c.clock().wall_now();
    raise.entry.evidence = text + "; " + std::to_string(s.cancels) + " cancels asked, " +
                           std::to_string(s.cancels_confirmed) + " confirmed, " + std::to_string(s.polls) + " looks";
    return raise;
}

ledger::batch code_changes(const run_context& c, const held_number& n, const extracted_code& found,
                           ledger::update_run& update)
{
    const state& last = n.machine_state;
    const bool sure = found.unsure.empty();
    json::object result = result_json(n, sure ? std::optional(found.code) : std::nullopt, last.code_late);
    if (!sure) {
        result["unsure"] = json::array(found.unsure.begin(), found.unsure.end());
        result["text"] = found.text;
    }
    update.result = json::serialize(result);
    json::object data = number_data(n);
    data["length"] = found.code.size();
    data["late"] = last.code_late;
    if (!sure)
        data["unsure"] = found.unsure.size();
    const std::string message = std::string(last.code_late ? "a late code came on " : "a code came on ") +
                                mask_number(n.number) + (sure ? "" : "; which of its numbers is it?");
    ledger::batch all;
    all.push_back(number_event(c, n, events::number_code, sure ? events::level::info : events::level::warning, message,
                               std::move(data)));
    return all;
}

ledger::batch refund_changes(run_context& c, const held_number& n)
{
    const state& last = n.machine_state;
    ledger::batch all;
    // After the refund window a confirmed cancel is no refund until the balance shows it.
    if (last.refund_seen || !last.alarm_raised) {
        ledger::refund_effect refund;
        refund.id = n.effect;
        refund.amount = n.price.amount;
        refund.at = c.clock().wall_now();
        all.push_back(std::move(refund));
    }
    json::object data = number_data(n);
    data["seen"] = last.refund_seen;
    const std::string message = "number " + mask_number(n.number) + " was given back" +
                                (last.refund_seen ? ", the refund is in the balance" : "");
    all.push_back(number_event(c, n, events::number_cancelled, events::level::info, message, std::move(data)));
    return all;
}

ledger::batch ended_changes(const run_context& c, const held_number& n)
{
    json::object data = number_data(n);
    data["seen"] = false;
    ledger::batch all;
    all.push_back(number_event(c, n, events::number_cancelled, events::level::warning,
                               "number " + mask_number(n.number) + " was ended by the provider", std::move(data)));
    return all;
}

} // namespace

ledger::batch ordered_changes(const run_context& c, const held_number& n)
{
    json::object data = number_data(n);
    data["price"] = ulak::json_of(n.price);
    ledger::batch all;
    all.push_back(number_event(c, n, events::number_ordered, events::level::info,
                               "number " + mask_number(n.number) + " ordered at " + n.account, std::move(data)));
    return all;
}

ledger::batch alarm_changes(run_context& c, const held_number& n)
{
    const std::string text = alarm_text(c, n);
    json::object data = number_data(n);
    data["amount"] = ulak::json_of(n.price);
    data["attention"] = n.effect.text();
    ledger::batch all;
    if (!code_unreadable(n)) {
        all = c.notices("refund-missing", text, data);
        all.push_back(number_event(c, n, events::number_refund_missing, events::level::error, text, data));
    }
    all.push_back(attention_entry(c, n, text));
    all.push_back(number_event(c, n, events::attention_raised, events::level::error, text, std::move(data)));
    return all;
}

ledger::batch final_changes(run_context& c, const held_number& n, const extracted_code& found,
                            ledger::update_run& update)
{
    const state& last = n.machine_state;
    if (last.ended_as == outcome::code)
        return code_changes(c, n, found, update);
    if (last.ended_as == outcome::refunded || last.refund_seen)
        return refund_changes(c, n);
    if (last.ended_as == outcome::ended_by_provider)
        return ended_changes(c, n);
    return {}; // the alarm has said everything
}

void release_number(progress& p)
{
    const state& last = p.held->machine_state;
    p.cancel_requested = p.cancel_requested || last.cancel_requested;
    p.delivered = last.ended_as == outcome::code;
    if (p.delivered || last.refund_seen)
        p.at_risk = false;
    p.held.reset();
}

} // namespace ulak::kinds::otp
