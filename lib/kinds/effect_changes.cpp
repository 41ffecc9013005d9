// What an effect writes: pure, from its record to the batches.
#include "kinds/effect.hpp"

#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/names.hpp"

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

ledger::attention_record attention_of(const context& c, const spending& what, const settlement& s, wall_point at)
{
    ledger::attention_record entry;
    entry.id = s.id.text();
    entry.effect = s.id;
    entry.run = c.run().id;
    entry.job = c.run().job;
    entry.account = what.who->name;
    entry.kind = "ambiguous";
    entry.amount = what.expected;
    entry.at = at;
    entry.evidence =
        what.operation + " " + what.step + ": " + (s.why ? s.why->message : std::string("no sound answer"));
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

ledger::append_event effect::told(const char* what, events::level severity, std::string message,
                                  json::object data) const
{
    auto e = context_.event(what, severity, std::move(message), std::move(data));
    e.event.account = what_.who->name;
    e.event.provider = what_.who->provider;
    return e;
}

ledger::batch effect::intention(int attempt) const
{
    const wall_point now = booked_at_;
    const auto today = day_start(now, context_.around().zone);
    ledger::intend intent;
    ledger::effect_record& e = intent.effect;
    e.id = id_;
    e.run = context_.run().id;
    e.step = what_.step;
    e.attempt = attempt;
    e.job = context_.run().job;
    e.account = what_.who->name;
    e.provider = what_.who->provider;
    e.operation = what_.operation;
    e.expected = what_.expected;
    e.digest = what_.digest;
    e.intended_at = now;
    if (context_.limits().run) {
        intent.limits.push_back(limit("run", *context_.limits().run));
        intent.limits.back().run = e.run.text();
    }
    if (context_.limits().day) {
        intent.limits.push_back(limit("day", *context_.limits().day));
        intent.limits.back().job = e.job;
        intent.limits.back().since = today;
    }
    if (what_.who->day_budget) {
        intent.limits.push_back(limit("account-day", *what_.who->day_budget));
        intent.limits.back().account = e.account;
        intent.limits.back().since = today;
    }
    json::object data;
    data["effect"] = id_.text();
    data["step"] = what_.step;
    data["attempt"] = attempt;
    data["operation"] = what_.operation;
    data["expected"] = json_of(what_.expected);
    ledger::batch all;
    all.push_back(std::move(intent));
    if (what_.with_intent) {
        const ledger::batch more = what_.with_intent(id_);
        all.insert(all.end(), more.begin(), more.end());
    }
    all.push_back(told(events::effect_intended, events::level::info,
                       what_.operation + " at " + what_.who->name + " for " + what_.expected.text(), std::move(data)));
    return all;
}

ledger::batch effect::outcome(const settlement& s, const std::optional<acceptance>& taken,
                              const ledger::batch& then) const
{
    const wall_point now = context_.time().wall_now();
    ledger::batch all;
    if (!dispatched_ && s.what != classification::not_sent) { // the gate was passed by: the record still tells the truth
        ledger::move_effect left(s.id, effect_state::dispatched);
        left.at = now;
        all.push_back(std::move(left));
    }
    ledger::move_effect move(s.id, state_of(s.what));
    move.at = now;
    move.evidence = s.evidence;
    if (s.what == classification::accepted && taken) {
        move.provider_ref = taken->provider_ref;
        move.charged = taken->charged;
    }
    all.push_back(std::move(move));
    all.insert(all.end(), then.begin(), then.end());

    json::object data;
    data["effect"] = s.id.text();
    data["step"] = what_.step;
    data["outcome"] = std::string(name(s.what));
    if (s.why)
        data["error"] = json_of(*s.why);
    if (s.why && s.what != classification::accepted && s.why->code != errc::cancelled)
        all.push_back(told(events::provider_error, events::level::warning,
                           what_.operation + " at " + what_.who->name + ": " + s.why->message, data));
    if (s.what != classification::ambiguous) {
        const bool fine = s.what == classification::accepted;
        const std::string text = what_.operation + " at " + what_.who->name + ": " + std::string(name(s.what)) +
                                 (s.why ? ", " + s.why->message : std::string());
        all.push_back(
            told(events::effect_settled, fine ? events::level::info : events::level::warning, text, std::move(data)));
        return all;
    }
    auto entry = attention_of(context_, what_, s, now);
    const std::string text = "it is not known whether " + what_.operation + " at " + what_.who->name +
                             " took effect; " + what_.expected.text() + " at risk";
    all.push_back(ledger::raise_attention{std::move(entry)});
    all.push_back(told(events::effect_ambiguous, events::level::error, text, data));
    data["attention"] = s.id.text();
    all.push_back(told(events::attention_raised, events::level::error, text, std::move(data)));
    return all;
}

} // namespace ulak::kinds
