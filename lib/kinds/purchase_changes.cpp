// What an effect writes: pure, from its record to the batches.
#include "kinds/purchase.hpp"

#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"

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

ledger::attention_record attention_of(const run_context& c, const purchase_request& what, const settlement& s, wall_point at)
{
    ledger::attention_record entry;
    entry.id = s.id.text();
    entry.effect = s.id;
    entry.run = c.run().id;
    entry.job = c.run().job;
    entry.account = what.account->name;
    entry.kind = "ambiguous";
    entry.amount = what.expected;
    entry.at = at;
    entry.evidence =
        what.operation + " " + what.step + ": " + (s.failure ? s.failure->message : std::string("no sound answer"));
    if (!s.evidence.empty())
        entry.evidence += "; " + s.evidence;
    return entry;
}

ledger::budget_limit limit(std::string name, const money& most)
{
    ledger::budget_limit l;
    l.name = std::move(name);
    l.limit = most;
    return l;
}

} // namespace

wall_point day_start(wall_point t, const time_zone& zone)
{
    civil local = zone.to_civil(t);
    local.hour = local.minute = local.second = 0;
    return zone.to_instant(local).at;
}

ledger::append_event purchase::event(const char* what, events::level severity, std::string message,
                                  json::object data) const
{
    auto e = context_.event(what, severity, std::move(message), std::move(data));
    e.event.account = request_.account->name;
    e.event.provider = request_.account->provider;
    return e;
}

ledger::batch purchase::intent_changes(int attempt) const
{
    const wall_point now = booked_at_;
    const auto today = day_start(now, context_.environment().zone);
    ledger::intend intent;
    ledger::effect_record& e = intent.effect;
    e.id = id_;
    e.run = context_.run().id;
    e.step = request_.step;
    e.attempt = attempt;
    e.job = context_.run().job;
    e.account = request_.account->name;
    e.provider = request_.account->provider;
    e.operation = request_.operation;
    e.expected = request_.expected;
    e.digest = request_.digest;
    e.intended_at = now;
    if (context_.budget().run) {
        intent.limits.push_back(limit("run", *context_.budget().run));
        intent.limits.back().run = e.run.text();
    }
    if (context_.budget().day) {
        intent.limits.push_back(limit("day", *context_.budget().day));
        intent.limits.back().job = e.job;
        intent.limits.back().since = today;
    }
    if (request_.account->day_budget) {
        intent.limits.push_back(limit("account-day", *request_.account->day_budget));
        intent.limits.back().account = e.account;
        intent.limits.back().since = today;
    }
    json::object data;
    data["effect"] = id_.text();
    data["step"] = request_.step;
    data["attempt"] = attempt;
    data["operation"] = request_.operation;
    data["expected"] = json_of(request_.expected);
    ledger::batch all;
    all.push_back(std::move(intent));
    if (request_.with_intent) {
        const ledger::batch more = request_.with_intent(id_);
        all.insert(all.end(), more.begin(), more.end());
    }
    all.push_back(event(events::effect_intended, events::level::info,
                       request_.operation + " at " + request_.account->name + " for " + request_.expected.text(), std::move(data)));
    return all;
}

ledger::batch purchase::outcome_changes(const settlement& s, const std::optional<acceptance>& taken,
                              const ledger::batch& then) const
{
    const wall_point now = context_.clock().wall_now();
    ledger::batch all;
    if (!dispatched_ && s.classified_as != classification::not_sent) { // the gate was passed by: the record still tells the truth
        ledger::move_effect left(s.id, effect_state::dispatched);
        left.at = now;
        all.push_back(std::move(left));
    }
    ledger::move_effect move(s.id, state_of(s.classified_as));
    move.at = now;
    move.evidence = s.evidence;
    if (s.classified_as == classification::accepted && taken) {
        move.provider_ref = taken->provider_ref;
        move.charged = taken->charged;
    }
    all.push_back(std::move(move));
    all.insert(all.end(), then.begin(), then.end());

    json::object data;
    data["effect"] = s.id.text();
    data["step"] = request_.step;
    data["outcome"] = std::string(name(s.classified_as));
    if (s.failure)
        data["error"] = json_of(*s.failure);
    if (s.failure && s.classified_as != classification::accepted && s.failure->code != errc::cancelled)
        all.push_back(event(events::provider_error, events::level::warning,
                           request_.operation + " at " + request_.account->name + ": " + s.failure->message, data));
    if (s.classified_as != classification::ambiguous) {
        const bool fine = s.classified_as == classification::accepted;
        const std::string text = request_.operation + " at " + request_.account->name + ": " + std::string(name(s.classified_as)) +
                                 (s.failure ? ", " + s.failure->message : std::string());
        all.push_back(
            event(events::effect_settled, fine ? events::level::info : events::level::warning, text, std::move(data)));
        return all;
    }
    auto entry = attention_of(context_, request_, s, now);
    const std::string text = "it is not known whether " + request_.operation + " at " + request_.account->name +
                             " took effect; " + request_.expected.text() + " at risk";
    all.push_back(ledger::raise_attention{std::move(entry)});
    all.push_back(event(events::effect_ambiguous, events::level::error, text, data));
    data["attention"] = s.id.text();
    all.push_back(event(events::attention_raised, events::level::error, text, std::move(data)));
    return all;
}

} // namespace ulak::kinds
