#include "engine/detail/final_state.hpp"

#include "engine/detail/attention_decision.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::effect_state;
using ledger::run_state;

namespace {

money cost_of(const ledger::effect_record& e)
{
    money cost = e.charged && e.charged->unit == e.expected.unit ? *e.charged : e.expected;
    cost.amount = std::max(decimal(), cost.amount - e.refunded);
    return cost;
}

bool is_unresolved(const ledger::effect_record& e) noexcept
{
    return e.state == effect_state::ambiguous || e.state == effect_state::orphaned;
}

/// The entry for a run that has none: about its ambiguous purchase, else about the latest that took place.
ledger::attention_record entry_of(const ledger::run_record& run, const kinds::ending& e,
                                  const std::vector<ledger::effect_record>& effects, wall_point now)
{
    ledger::attention_record entry;
    entry.id = run.id.text();
    entry.run = run.id;
    entry.job = run.job;
    entry.kind = kinds::unsettled_entry;
    entry.at = now;
    entry.evidence = e.failure ? e.failure->message : std::string("the run does not know how it ended");
    const auto ambiguous = std::ranges::find_if(effects.rbegin(), effects.rend(), is_unresolved);
    const auto last =
        std::ranges::find(effects.rbegin(), effects.rend(), effect_state::accepted, &ledger::effect_record::state);
    if (ambiguous != effects.rend()) {
        entry.id = ambiguous->id.text();
        entry.effect = ambiguous->id;
        entry.kind = std::string(ledger::name(ambiguous->state));
        entry.account = ambiguous->account;
        entry.amount = ambiguous->expected;
        entry.evidence += "; " + ambiguous->operation + " " + ambiguous->step + ": " + ambiguous->evidence;
    } else if (last != effects.rend()) {
        entry.account = last->account;
        entry.amount = cost_of(*last);
        entry.evidence += "; " + last->operation + " " + last->step + " at " + last->account + " took place as " +
                          last->provider_ref + ", and nobody follows it any more";
    }
    return entry;
}

void raise_entry(const kinds::run_context& run, ledger::attention_record entry, ledger::batch& all)
{
    boost::json::object data;
    data["attention"] = entry.id;
    data["amount"] = json_of(entry.amount);
    auto event = run.event(events::attention_raised, events::level::error, entry.evidence, std::move(data));
    event.event.account = entry.account;
    all.push_back(ledger::raise_attention{std::move(entry)});
    all.push_back(std::move(event));
}

} // namespace

task<result<final_state>> decide_final_state(shared_state& shared, const kinds::run_context& run, kinds::ending e,
                                             bool raises)
{
    final_state decided(std::move(e));
    if (decided.ending.state != run_state::attention || raises)
        co_return decided;
    auto entries = co_await shared.store().attention(false);
    if (!entries)
        co_return entries.error();
    std::erase_if(*entries, [&](const ledger::attention_record& a) { return a.run != run.run().id; });
    if (std::ranges::any_of(*entries, &std::string::empty, &ledger::attention_record::outcome))
        co_return decided;
    ledger::effect_query q;
    q.run = run.run().id.text();
    auto effects = co_await shared.store().effects(std::move(q));
    if (!effects)
        co_return effects.error();
    const bool unknown = decided.ending.failure && decided.ending.failure->code == errc::ambiguous;
    if (!unknown || entries->empty() || std::ranges::any_of(*effects, is_unresolved)) {
        raise_entry(run, entry_of(run.run(), decided.ending, *effects, shared.wall()), decided.changes);
        co_return decided;
    }
    const auto other = std::ranges::find_if(*entries, [&](const ledger::attention_record& a) {
        return !counts_as_success(shared.deps.known_kinds, a.kind, a.outcome);
    });
    const bool done = other == entries->end();
    decided.ending.state = done ? run_state::succeeded : run_state::failed;
    if (done)
        decided.ending.failure.reset();
    else
        decided.ending.failure->message = resolved_text(decided.ending.failure->message, other->outcome);
    co_return decided;
}

} // namespace ulak::engine
