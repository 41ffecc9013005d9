#include "engine/detail/recovery.hpp"

#include "core/failpoint.hpp"
#include "engine/detail/final_state.hpp"
#include "engine/detail/identities.hpp"
#include "engine/detail/open_effects.hpp"
#include "engine/detail/run_changes.hpp"
#include "engine/detail/run_params.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::effect_state;
using ledger::run_state;

namespace {

constexpr char stopped_between[] = "the daemon stopped between dispatch and answer";
constexpr std::size_t page_size = 500;

/// Newest first in the store, oldest first here, so that the queue keeps its order.
task<result<std::vector<ledger::run_record>>> load_unfinished_runs(ledger::ledger& store)
{
    ledger::run_query q;
    q.states = {run_state::queued, run_state::running, run_state::paused};
    q.limit = page_size;
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

/// Whether money may hang on the run.
task<result<bool>> has_bought(ledger::ledger& store, const run_id& run)
{
    ledger::effect_query q;
    q.run = run.text();
    q.states = {effect_state::accepted, effect_state::ambiguous, effect_state::orphaned};
    auto bought = co_await store.effects(std::move(q));
    if (!bought)
        co_return bought.error();
    co_return !bought->empty();
}

task<result<void>> end_unresumable(shared_state& shared, const ledger::run_record& run, const std::string& reason)
{
    auto bought = co_await has_bought(shared.store(), run.id);
    if (!bought)
        co_return bought.error();
    kinds::run_context context(shared.environment, run, job::budget(), std::vector<job::notify_rule>(),
                               bound_params(run.params));
    kinds::ending ending(*bought ? run_state::attention : run_state::failed,
                         error(errc::unsupported, "the run cannot go on, " + reason));
    auto decided = co_await decide_final_state(shared, context, std::move(ending), false);
    if (!decided)
        co_return decided.error();
    auto end = changes_at_end(context, decided->ending, "", shared.wall());
    std::ranges::move(end.reports, std::back_inserter(decided->changes));
    ULAK_FAILPOINT("recovery/give-up");
    auto done = co_await context.save(std::move(end.state), std::move(decided->changes));
    ULAK_FAILPOINT("recovery/given-up");
    co_return done;
}

wall_point delayed_start(const loaded_job& job, const ledger::run_record& run)
{
    if (!run.due_at || !job.document.when)
        return run.created_at;
    return *run.due_at + job::jitter_of(*job.document.when, run.job, *run.due_at);
}

task<result<void>> settle_effects(shared_state& shared, const runner& runs)
{
    auto open = co_await load_open_effects(shared.store(), std::string());
    if (!open)
        co_return open.error();
    // A run in memory settles its own.
    std::erase_if(*open, [&](const ledger::effect_record& e) { return runs.active().contains(e.run); });
    ULAK_FAILPOINT("recovery/read");
    auto settled = settle_open(*open, stopped_between, shared.wall());
    if (settled.empty())
        co_return result<void>();
    auto done = co_await shared.deps.recorder.commit(std::move(settled));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

/// Puts the run back to work, or ends it, unless it has to wait for its account.
task<result<void>> restore_run(shared_state& shared, runner& runs, const run_factory& factory, held_runs& held,
                               ledger::run_record run)
{
    auto waits = co_await held.hold(run);
    if (!waits)
        co_return waits.error();
    if (*waits)
        co_return result<void>();
    yaml::problems problems;
    auto job = shared.jobs.from_definition(run.job, run.definition, problems);
    if (!job) {
        const auto reason = first_error(problems);
        co_return co_await end_unresumable(shared, run, reason);
    }
    auto params = bound_params(run.params);
    const auto start = delayed_start(*job, run);
    draft stored(std::move(run), std::move(job), std::move(params));
    auto restored = factory.make_active(std::move(stored));
    restored->not_before = start;
    runs.restore(std::move(restored));
    ULAK_FAILPOINT("recovery/resumed");
    co_return result<void>();
}

task<result<void>> restore_runs(shared_state& shared, runner& runs, const run_factory& factory, held_runs& held)
{
    auto all = co_await load_unfinished_runs(shared.store());
    if (!all)
        co_return all.error();
    for (auto& run : *all) {
        if (runs.active().contains(run.id))
            continue;
        auto done = co_await restore_run(shared, runs, factory, held, std::move(run));
        if (!done)
            co_return done;
    }
    co_return result<void>();
}

} // namespace

task<result<void>> recover(shared_state& shared, runner& runs, const run_factory& factory, held_runs& held)
{
    auto identified = co_await identify_accounts(shared, *shared.deps.accounts);
    if (!identified)
        co_return identified.error();
    ULAK_FAILPOINT("recovery/identified");
    auto settled = co_await settle_effects(shared, runs);
    if (!settled)
        co_return settled.error();
    ULAK_FAILPOINT("recovery/settled");
    auto loaded = co_await held.load();
    if (!loaded)
        co_return loaded.error();
    co_return co_await restore_runs(shared, runs, factory, held);
}

task<result<void>> resume_held(shared_state& shared, runner& runs, const run_factory& factory, held_runs& held)
{
    const auto waiting = held.all();
    if (waiting.empty())
        co_return result<void>();
    // What a person resolves meanwhile would be resolved twice.
    auto lock = co_await shared.attention_lock.acquire();
    if (!lock)
        co_return lock.error();
    auto loaded = co_await held.load();
    if (!loaded)
        co_return loaded.error();
    for (const auto& id : waiting) {
        auto run = co_await shared.store().run(id);
        if (!run && run.error().code != errc::not_found)
            co_return run.error();
        if (!run || ledger::is_final(run->state)) {
            held.forget(id);
            continue;
        }
        if (runs.active().contains(id))
            continue;
        auto done = co_await restore_run(shared, runs, factory, held, std::move(*run));
        if (!done)
            co_return done;
    }
    co_return result<void>();
}

} // namespace ulak::engine
