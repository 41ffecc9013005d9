#include "engine/detail/attention_resolver.hpp"

#include "engine/detail/ambiguous_items.hpp"
#include "engine/detail/run_changes.hpp"

#include "core/failpoint.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::effect_state;
using ledger::run_state;

namespace {

using entries = std::vector<ledger::attention_record>;

task<result<void>> settle_effect(shared_state& shared, const attention_decision& decision, ledger::batch& all)
{
    if (decision.entry.effect.empty())
        co_return result<void>();
    ledger::effect_query q;
    q.run = decision.entry.run.text();
    auto effects = co_await shared.store().effects(std::move(q));
    if (!effects)
        co_return effects.error();
    const auto effect = std::ranges::find(*effects, decision.entry.effect, &ledger::effect_record::id);
    if (effect == effects->end())
        co_return result<void>();
    const bool open = effect->state == effect_state::ambiguous || effect->state == effect_state::orphaned;
    if (!open) { // evidence was faster than the operator, or the entry is about what came after
        if (auto refund = refund_resolution(*effect, decision))
            all.push_back(std::move(*refund));
        co_return result<void>();
    }
    all.push_back(effect_resolution(*effect, decision));
    all.push_back(items_resolution(*effect, decision));
    auto counts = co_await counts_after(shared.store(), *effect, decision);
    if (!counts)
        co_return counts.error();
    if (*counts)
        all.push_back(std::move(**counts));
    co_return result<void>();
}

/// Every entry of the run says so.
bool succeeds(const shared_state& shared, const entries& all, const attention_decision& decision)
{
    const auto& known = shared.deps.known_kinds;
    const auto failed = [&](const ledger::attention_record& e) {
        return e.run == decision.entry.run && e.id != decision.entry.id && !counts_as_success(known, e.kind, e.outcome);
    };
    return counts_as_success(known, decision.entry.kind, decision.outcome) && std::ranges::none_of(all, failed);
}

ledger::update_run ended(const ledger::run_record& run, run_state state, const std::string& outcome)
{
    ledger::update_run end(run.id);
    end.state = state;
    if (run.error_code.empty())
        return end;
    if (state == run_state::succeeded) {
        end.error_code = "";
        end.error_message = "";
    } else {
        end.error_message = resolved_text(run.error_message, outcome);
    }
    return end;
}

events::event finished_event(const ledger::run_record& run, run_state state)
{
    auto e =
        make_event(events::run_finished, events::level::info,
                   "job " + run.job + ": the run " + std::string(name(state)) + ", as a person has decided", run.job);
    e.run = run.id.text();
    e.kind = run.kind;
    e.data["state"] = name(state);
    return e;
}

/// A run that waited for its account, and that nobody waits for any more. Its purchases stay as they are.
void give_up(shared_state& shared, const ledger::run_record& run, bool others_open, ledger::batch& changes)
{
    const auto context = stored_run_context(shared, run);
    const kinds::ending ending(others_open ? run_state::attention : run_state::failed,
                               error(errc::conflict, "its account changed, and a person has given it up"));
    auto end = changes_at_end(context, ending, "", shared.wall());
    changes.push_back(std::move(end.state));
    std::ranges::move(end.reports, std::back_inserter(changes));
}

/// With the last open entry of a run that ended as `attention`, the run succeeds or fails.
task<result<void>> finish_run(shared_state& shared, const entries& all, const attention_decision& decision,
                              ledger::batch& changes)
{
    const auto& entry = decision.entry;
    const auto is_other_open = [&](const ledger::attention_record& e) {
        return e.run == entry.run && e.id != entry.id && e.outcome.empty();
    };
    const bool others = std::ranges::any_of(all, is_other_open);
    const bool gives_up = entry.kind == kinds::account_changed_entry;
    if (entry.run.empty() || (others && !gives_up))
        co_return result<void>();
    auto run = co_await shared.store().run(entry.run);
    if (!run && run.error().code == errc::not_found)
        co_return result<void>();
    if (!run)
        co_return run.error();
    if (gives_up && !ledger::is_final(run->state))
        give_up(shared, *run, others, changes);
    if (others || run->state != run_state::attention)
        co_return result<void>();
    auto open = co_await has_other_open_items(shared.store(), entry);
    if (!open)
        co_return open.error();
    const auto state = succeeds(shared, all, decision) && !*open ? run_state::succeeded : run_state::failed;
    changes.push_back(ended(*run, state, decision.outcome));
    changes.push_back(ledger::append_event{finished_event(*run, state)});
    co_return result<void>();
}

events::event resolved_event(const attention_decision& decision, std::uint32_t uid)
{
    const auto& entry = decision.entry;
    auto e = make_event(events::attention_resolved, events::level::notice,
                        "attention " + entry.id + " resolved: " + decision.outcome, entry.job);
    e.run = entry.run.text();
    e.account = entry.account;
    e.data["attention"] = entry.id;
    e.data["outcome"] = decision.outcome;
    e.data["uid"] = uid;
    return e;
}

ledger::resolve_attention resolution(const attention_decision& decision, std::uint32_t uid)
{
    ledger::resolve_attention change;
    change.id = decision.entry.id;
    change.outcome = decision.outcome;
    change.operator_uid = uid;
    change.at = decision.at;
    return change;
}

result<ledger::attention_record> find_entry(const entries& all, const std::string& id)
{
    const auto found = std::ranges::find(all, id, &ledger::attention_record::id);
    if (found == all.end())
        return error(errc::not_found, "there is no attention entry " + id);
    return *found;
}

} // namespace

task<result<ledger::attention_record>> resolve_entry(shared_state& shared, std::string id, std::string outcome,
                                                     std::uint32_t uid, ledger::batch also)
{
    if (!is_outcome(outcome))
        co_return error(errc::invalid_argument, "an outcome is done, not-done or write-off");

    // Under the lock, what is read here holds until it is committed.
    auto lock = co_await shared.attention_lock.acquire();
    if (!lock)
        co_return lock.error();
    auto all = co_await shared.store().attention(false);
    if (!all)
        co_return all.error();
    auto entry = find_entry(*all, id);
    if (!entry)
        co_return entry.error();
    if (!entry->outcome.empty())
        co_return error(errc::conflict, "it was resolved before: " + entry->outcome);
    const auto decision = decide(*entry, std::move(outcome), shared.deps.known_kinds, shared.wall());

    // The purchase with its recipients, the entry, and the run.
    ledger::batch changes = std::move(also);
    auto effect = co_await settle_effect(shared, decision, changes);
    if (!effect)
        co_return effect.error();
    changes.push_back(resolution(decision, uid));
    changes.push_back(ledger::append_event{resolved_event(decision, uid)});
    auto run = co_await finish_run(shared, *all, decision, changes);
    if (!run)
        co_return run.error();

    ULAK_FAILPOINT("resolve/commit");
    auto stored = co_await shared.deps.recorder.commit(std::move(changes));
    ULAK_FAILPOINT("resolve/committed");
    if (!stored)
        co_return stored.error();
    all = co_await shared.store().attention(false);
    if (!all)
        co_return all.error();
    co_return find_entry(*all, id);
}

} // namespace ulak::engine
