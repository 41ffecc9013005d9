#include "engine/detail/open_effects.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"

namespace ulak::engine {

using ledger::effect_state;
using ledger::item_state;

namespace {

constexpr char stopped_before_dispatch[] = "the daemon stopped before dispatch";

events::event effect_event(const ledger::effect_record& effect, const char* what, events::level severity,
                           std::string message)
{
    events::event e(what, severity, std::move(message));
    e.job = effect.job;
    e.run = effect.run.text();
    e.account = effect.account;
    e.provider = effect.provider;
    e.data["effect"] = effect.id.text();
    e.data["operation"] = effect.operation;
    e.data["step"] = effect.step;
    e.data["amount"] = json_of(effect.expected);
    return e;
}

ledger::move_items move_items_to(const ledger::effect_record& effect, item_state to, std::string reason)
{
    ledger::move_items move;
    move.run = effect.run;
    move.by_effect = effect.id;
    move.from = item_state::submitting;
    move.to = to;
    move.reason = std::move(reason);
    return move;
}

ledger::move_effect move_effect_to(const ledger::effect_record& effect, effect_state to, std::string evidence,
                                   wall_point now)
{
    ledger::move_effect move(effect.id, to);
    move.evidence = std::move(evidence);
    move.at = now;
    return move;
}

ledger::attention_record ambiguous_entry(const ledger::effect_record& effect, const std::string& evidence,
                                         wall_point now)
{
    ledger::attention_record entry;
    entry.id = effect.id.text();
    entry.run = effect.run;
    entry.job = effect.job;
    entry.account = effect.account;
    entry.kind = "ambiguous";
    entry.amount = effect.expected;
    entry.at = now;
    entry.evidence = evidence;
    entry.effect = effect.id;
    return entry;
}

void settle_intent(const ledger::effect_record& effect, wall_point now, ledger::batch& all)
{
    all.push_back(move_effect_to(effect, effect_state::not_sent, stopped_before_dispatch, now));
    all.push_back(move_items_to(effect, item_state::pending, {}));
    auto settled = effect_event(effect, events::effect_settled, events::level::info,
                                "not sent: " + std::string(stopped_before_dispatch));
    settled.data["outcome"] = name(effect_state::not_sent);
    all.push_back(ledger::append_event{std::move(settled)});
}

void settle_dispatched(const ledger::effect_record& effect, const std::string& evidence, wall_point now,
                       ledger::batch& all)
{
    all.push_back(move_effect_to(effect, effect_state::ambiguous, evidence, now));
    all.push_back(move_items_to(effect, item_state::ambiguous, evidence));
    all.push_back(ledger::raise_attention{ambiguous_entry(effect, evidence, now)});
    all.push_back(ledger::append_event{effect_event(effect, events::effect_ambiguous, events::level::warning,
                                                    "not known whether it took effect: " + evidence)});
    all.push_back(ledger::append_event{effect_event(effect, events::attention_raised, events::level::warning,
                                                    effect.operation + " needs a person: " + evidence)});
}

} // namespace

task<result<std::vector<ledger::effect_record>>> load_open_effects(ledger::ledger& store, std::string run)
{
    ledger::effect_query q;
    q.run = std::move(run);
    q.states = {effect_state::intent, effect_state::dispatched, effect_state::ambiguous, effect_state::orphaned};
    co_return co_await store.effects(std::move(q));
}

bool stays_ambiguous(const ledger::effect_record& effect) noexcept
{
    return effect.state == effect_state::dispatched || effect.state == effect_state::ambiguous ||
           effect.state == effect_state::orphaned;
}

ledger::batch settle_open(const std::vector<ledger::effect_record>& open, const std::string& evidence, wall_point now)
{
    ledger::batch all;
    for (const auto& effect : open) {
        if (effect.state == effect_state::intent)
            settle_intent(effect, now, all);
        else if (effect.state == effect_state::dispatched)
            settle_dispatched(effect, evidence, now, all);
    }
    return all;
}

} // namespace ulak::engine
