#include "kinds/purchase/changes.hpp"

#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"
#include "kinds/purchase/budget_limits.hpp"

namespace ulak::kinds {

namespace json = boost::json;
using ledger::effect_state;
using providers::classification;

namespace {

effect_state state_of(classification v) noexcept
{
    switch (v) {
    case classification::accepted: return effect_state::accepted;
    case classification::rejected: return effect_state::rejected;
    case classification::rate_limited: return effect_state::rate_limited;
    case classification::not_sent: return effect_state::not_sent;
    case classification::ambiguous: break;
    }
    return effect_state::ambiguous;
}

ledger::attention_record attention_of(const purchase_record& p, const settlement& s, wall_point at)
{
    const purchase_request& request = p.request;
    ledger::attention_record entry;
    entry.id = s.id.text();
    entry.effect = s.id;
    entry.run = p.context.run().id;
    entry.job = p.context.run().job;
    entry.account = request.account->name;
    entry.kind = "ambiguous";
    entry.amount = request.expected;
    entry.at = at;
    entry.evidence = request.operation + " " + request.step + ": " +
                     (s.failure ? s.failure->message : std::string("no sound answer"));
    if (!s.evidence.empty())
        entry.evidence += "; " + s.evidence;
    return entry;
}

ledger::append_event event(const purchase_record& p, const char* name, events::level severity, std::string message,
                           json::object data)
{
    return p.context.event(*p.request.account, name, severity, std::move(message), std::move(data));
}

} // namespace

ledger::batch intent_changes(const purchase_record& p, const ledger::batch& own)
{
    const purchase_request& request = p.request;
    ledger::intend intent;
    ledger::effect_record& e = intent.effect;
    e.id = p.id;
    e.run = p.context.run().id;
    e.step = request.step;
    e.attempt = p.attempt;
    e.job = p.context.run().job;
    e.account = request.account->name;
    e.provider = request.account->provider;
    e.identity = request.account->identity_id;
    e.operation = request.operation;
    e.expected = request.expected;
    e.digest = request.digest;
    e.intended_at = p.booked_at;
    intent.limits = budget_limits(p.context, *request.account, e);
    json::object data;
    data["effect"] = p.id.text();
    data["step"] = request.step;
    data["attempt"] = p.attempt;
    data["operation"] = request.operation;
    data["expected"] = json_of(request.expected);
    ledger::batch all;
    all.push_back(std::move(intent));
    all.insert(all.end(), own.begin(), own.end());
    all.push_back(event(p, events::effect_intended, events::level::info,
                        request.operation + " at " + request.account->name + " for " + request.expected.text(),
                        std::move(data)));
    return all;
}

ledger::batch budget_hit_changes(const purchase_record& p, const error& refusal)
{
    json::object data;
    data["step"] = p.request.step;
    data["expected"] = json_of(p.request.expected);
    ledger::batch all = p.context.notices("budget-hit", p.context.run().job + ": " + refusal.message, data);
    all.push_back(event(p, events::budget_hit, events::level::warning, refusal.message, std::move(data)));
    return all;
}

ledger::batch dispatch_changes(const purchase_record& p)
{
    ledger::move_effect move(p.id, effect_state::dispatched);
    move.at = p.context.clock().wall_now();
    return ledger::batch(1, std::move(move));
}

ledger::batch outcome_changes(const purchase_record& p, const settlement& s, const purchase_answer& answer,
                              const ledger::batch& own)
{
    const wall_point now = p.context.clock().wall_now();
    const std::string call = p.request.operation + " at " + p.request.account->name;
    ledger::batch all;
    // A client that did not ask the gate: the record still says that something left.
    if (!p.dispatched && s.classified_as != classification::not_sent)
        all = dispatch_changes(p);
    ledger::move_effect move(s.id, state_of(s.classified_as));
    move.at = now;
    move.evidence = s.evidence;
    if (s.classified_as == classification::accepted) {
        move.provider_ref = answer.provider_ref;
        move.charged = answer.charged;
    }
    all.push_back(std::move(move));
    all.insert(all.end(), own.begin(), own.end());

    json::object data;
    data["effect"] = s.id.text();
    data["step"] = p.request.step;
    data["outcome"] = std::string(name(s.classified_as));
    if (s.failure)
        data["error"] = json_of(*s.failure);
    const bool of_provider = s.classified_as != classification::accepted && !s.refused_by_gate;
    if (s.failure && of_provider && s.failure->code != errc::cancelled)
        all.push_back(event(p, events::provider_error, events::level::warning, call + ": " + s.failure->message, data));
    if (s.classified_as != classification::ambiguous) {
        const bool accepted = s.classified_as == classification::accepted;
        const std::string text =
            call + ": " + std::string(name(s.classified_as)) + (s.failure ? ", " + s.failure->message : std::string());
        all.push_back(event(p, events::effect_settled, accepted ? events::level::info : events::level::warning, text,
                            std::move(data)));
        return all;
    }
    const std::string text =
        "it is not known whether " + call + " took effect; " + p.request.expected.text() + " at risk";
    all.push_back(ledger::raise_attention{attention_of(p, s, now)});
    all.push_back(event(p, events::effect_ambiguous, events::level::error, text, data));
    data["attention"] = s.id.text();
    all.push_back(event(p, events::attention_raised, events::level::error, text, std::move(data)));
    return all;
}

} // namespace ulak::kinds
