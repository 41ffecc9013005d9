#include "engine/detail/recovery.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "engine/detail/final_state.hpp"
#include "engine/detail/run_changes.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::effect_state;
using ledger::item_state;
using ledger::run_state;

namespace {

constexpr char stopped_between[] = "the daemon stopped between dispatch and answer";
constexpr char stopped_before[] = "the daemon stopped before dispatch";

events::event effect_event(const ledger::effect_record& e, const char* what, events::level severity, std::string message)
{
    events::event told(what, severity, std::move(message));
    told.job = e.job;
    told.run = e.run.text();
    told.account = e.account;
    told.provider = e.provider;
    told.data["effect"] = e.id.text();
    told.data["operation"] = e.operation;
    told.data["step"] = e.step;
    told.data["amount"] = json_of(e.expected);
    return told;
}

ledger::move_items move_items_to(const ledger::effect_record& e, item_state to, std::string reason)
{
    ledger::move_items moved;
    moved.run = e.run;
    moved.by_effect = e.id;
    moved.from = item_state::submitting;
    moved.to = to;
    moved.reason = std::move(reason);
    return moved;
}

ledger::move_effect move_effect_to(const ledger::effect_record& e, effect_state to, std::string evidence, wall_point now)
{
    ledger::move_effect moved(e.id, to);
    moved.evidence = std::move(evidence);
    moved.at = now;
    return moved;
}

void settle_intent(const ledger::effect_record& e, wall_point now, ledger::batch& all)
{
    all.push_back(move_effect_to(e, effect_state::not_sent, stopped_before, now));
    all.push_back(move_items_to(e, item_state::pending, {}));
    auto told = effect_event(e, events::effect_settled, events::level::info, "not sent: " + std::string(stopped_before));
    told.data["outcome"] = name(effect_state::not_sent);
    all.push_back(ledger::append_event{std::move(told)});
}

void settle_dispatched(const ledger::effect_record& e, const std::string& evidence, wall_point now, ledger::batch& all)
{
    all.push_back(move_effect_to(e, effect_state::ambiguous, evidence, now));
    all.push_back(move_items_to(e, item_state::ambiguous, evidence));
    ledger::attention_record entry;
    entry.id = e.id.text();
    entry.run = e.run;
    entry.job = e.job;
    entry.account = e.account;
    entry.kind = "ambiguous";
    entry.amount = e.expected;
    entry.at = now;
    entry.evidence = evidence;
    entry.effect = e.id;
    all.push_back(ledger::raise_attention{std::move(entry)});
    all.push_back(ledger::append_event{
        effect_event(e, events::effect_ambiguous, events::level::warning, "not known whether it took effect: " + evidence)});
    all.push_back(ledger::append_event{
        effect_event(e, events::attention_raised, events::level::warning, e.operation + " needs a person: " + evidence)});
}

/// Newest first in the store, oldest first here, so that the queue keeps its order.
task<result<std::vector<ledger::run_record>>> load_unfinished_runs(ledger::ledger& store)
{
    ledger::run_query q;
    q.states = {run_state::queued, run_state::running, run_state::paused};
    q.limit = 500;
    std::vector<ledger::run_record> all;
    while (true) {
        auto page = co_await store.runs(q);
        if (!page)
            co_return page.error();
        const auto full = page->size() == q.limit;
        std::ranges::move(*page, std::back_inserter(all));
        if (!full)
            break;
        q.before = all.back().id.text();
    }
    std::ranges::reverse(all);
    co_return all;
}

std::string first_error(const yaml::problems& found)
{
    const auto bad = std::ranges::find(found, yaml::severity::error, &yaml::problem::level);
    return bad == found.end() ? std::string("its job cannot be prepared") : bad->text;
}

/// A run whose definition cannot be prepared any more. It ends as attention if money may hang on it.
task<result<void>> end_unresumable(shared_state& c, const ledger::run_record& run, const std::string& why)
{
    ledger::effect_query q;
    q.run = run.id.text();
    q.states = {effect_state::accepted, effect_state::ambiguous, effect_state::orphaned};
    auto live = co_await c.store().effects(q);
    if (!live)
        co_return live.error();
    kinds::run_context ctx(c.environment, run, job::budget(), std::vector<job::notify_rule>(), bound_params(run.params));
    kinds::ending e(live->empty() ? run_state::failed : run_state::attention,
                    error(errc::unsupported, "the run cannot go on, " + why));
    auto word = co_await decide_final_state(c, ctx, std::move(e), false);
    if (!word)
        co_return word.error();
    auto end = changes_at_end(ctx, word->ending, "", c.wall());
    std::ranges::move(end.reports, std::back_inserter(word->changes));
    ULAK_FAILPOINT("recovery/give-up");
    auto done = co_await ctx.save(std::move(end.state), std::move(word->changes));
    ULAK_FAILPOINT("recovery/given-up");
    co_return done;
}

wall_point delayed_start(const loaded_job& job, const ledger::run_record& run)
{
    if (!run.due_at || !job.document.when)
        return run.created_at;
    return *run.due_at + job::jitter_of(*job.document.when, run.job, *run.due_at);
}

task<result<void>> resume_runs(shared_state& c, runner& runs)
{
    auto all = co_await load_unfinished_runs(c.store());
    if (!all)
        co_return all.error();
    for (auto& run : *all) {
        if (runs.knows(run.id))
            continue;
        yaml::problems found;
        auto job = c.jobs.from_definition(run.job, run.definition, found);
        if (!job) {
            const auto why = first_error(found);
            auto done = co_await end_unresumable(c, run, why);
            if (!done)
                co_return done.error();
            continue;
        }
        auto params = bound_params(run.params);
        const auto start = delayed_start(*job, run);
        draft d(std::move(run), std::move(job), std::move(params));
        auto ready = runs.make_active(std::move(d));
        ready->not_before = start;
        runs.restore(std::move(ready));
        ULAK_FAILPOINT("recovery/resumed");
    }
    co_return result<void>();
}

} // namespace

task<result<std::vector<ledger::effect_record>>> load_open_effects(ledger::ledger& store, std::string run)
{
    ledger::effect_query q;
    q.run = std::move(run);
    q.states = {effect_state::intent, effect_state::dispatched, effect_state::ambiguous, effect_state::orphaned};
    co_return co_await store.effects(std::move(q));
}

bool stays_ambiguous(const ledger::effect_record& e) noexcept
{
    return e.state == effect_state::dispatched || e.state == effect_state::ambiguous ||
           e.state == effect_state::orphaned;
}

ledger::batch settle_open(const std::vector<ledger::effect_record>& open, const std::string& evidence, wall_point now)
{
    ledger::batch all;
    for (const auto& e : open) {
        if (e.state == effect_state::intent)
            settle_intent(e, now, all);
        else if (e.state == effect_state::dispatched)
            settle_dispatched(e, evidence, now, all);
    }
    return all;
}

task<result<void>> recover(shared_state& c, runner& runs)
{
    auto open = co_await load_open_effects(c.store(), std::string());
    if (!open)
        co_return open.error();
    // What a run in memory has begun is its own business.
    std::erase_if(*open, [&](const ledger::effect_record& e) { return runs.knows(e.run); });
    ULAK_FAILPOINT("recovery/read");
    auto settled = settle_open(*open, stopped_between, c.wall());
    if (!settled.empty()) {
        auto done = co_await c.deps.recorder.commit(std::move(settled));
        if (!done)
            co_return done.error();
    }
    ULAK_FAILPOINT("recovery/settled");
    co_return co_await resume_runs(c, runs);
}

} // namespace ulak::engine
