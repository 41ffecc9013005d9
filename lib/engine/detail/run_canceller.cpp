#include "engine/detail/run_canceller.hpp"

#include "core/failpoint.hpp"
#include "engine/detail/held_cancel.hpp"
#include "engine/detail/run_changes.hpp"

namespace ulak::engine {

task<result<void>> run_canceller::cancel(run_id id)
{
    auto run = runs_.active().find(id);
    if (!run)
        co_return co_await cancel_stored(std::move(id));
    if (runs_.queue().contains(id.text()))
        co_return co_await cancel_queued(std::move(run));
    co_return co_await cancel_running(std::move(run));
}

task<result<void>> run_canceller::cancel_running(active_ptr run)
{
    if (run->ending)
        co_return error(errc::conflict, "the run is ending already");
    if (run->context.cancel_requested())
        co_return result<void>();
    ledger::update_run asked(run->record().id);
    asked.cancel_asked = true;
    ULAK_FAILPOINT("cancel/ask");
    auto done = co_await run->context.save(std::move(asked));
    ULAK_FAILPOINT("cancel/asked");
    if (!done)
        co_return done.error();
    // Meanwhile it may have begun to end, or another request was first.
    if (!run->context.cancel_requested() && !run->ending) {
        run->context.request_cancel();
        if (run->task_id)
            shared_.run_tasks.cancel(*run->task_id);
    }
    co_return result<void>();
}

task<result<void>> run_canceller::cancel_queued(active_ptr run)
{
    runs_.queue().remove(run->id()); // while the commit is under way it must not begin
    kinds::ending ending(ledger::run_state::cancelled);
    auto end = changes_at_end(run->context, ending, "", shared_.wall());
    end.state.cancel_asked = true;
    ULAK_FAILPOINT("cancel/queued");
    auto done = co_await run->context.save(std::move(end.state), std::move(end.reports));
    if (done)
        runs_.remove(run);
    else
        runs_.queue().add(run);
    co_return done;
}

/// A run that is not in memory: the store is held, recovery has not come to it, or its account changed.
task<result<void>> run_canceller::cancel_stored(run_id id)
{
    auto run = co_await shared_.store().run(id);
    if (!run)
        co_return run.error();
    if (ledger::is_final(run->state))
        co_return error(errc::conflict, "the run has ended as " + std::string(name(run->state)));
    ledger::batch asked;
    ledger::update_run state(id);
    state.cancel_asked = true;
    asked.push_back(std::move(state));
    auto done = co_await shared_.deps.recorder.commit(std::move(asked));
    if (!done)
        co_return done.error();
    if (held_.waits(id)) {
        auto ended = co_await end_held(shared_, held_, id);
        if (!ended)
            co_return ended.error();
    }
    if (auto active = runs_.active().find(id)) // it went on meanwhile, maybe without the note
        co_return co_await cancel(std::move(id));
    co_return result<void>();
}

} // namespace ulak::engine
