#include "engine/detail/runner.hpp"

#include "async/shielded.hpp"
#include "core/failpoint.hpp"
#include "engine/detail/run_changes.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::run_state;

void runner::release(active_run& run)
{
    if (slots_.release(run) && !queue_.empty())
        shared_.firing_wakeup.set();
}

void runner::remember_last(const active_run& run)
{
    auto& last = shared_.last_run[run.record().job];
    last = std::max(last, run.id());
}

void runner::launch(active_ptr run)
{
    remember_last(*run);
    shared_.notice_wakeup.set();
    if (shared_.stopping) { // it goes on at the next start
        release(*run);
        return;
    }
    run->context.after_acting([this, &sent = *run] { release(sent); });
    active_.add(run);
    run->task_id = shared_.run_tasks.spawn("run " + run->id(), drive(run));
    if (run->context.cancel_requested())
        shared_.run_tasks.cancel(*run->task_id);
}

void runner::enqueue(active_ptr run)
{
    remember_last(*run);
    active_.add(run);
    queue_.add(std::move(run));
    shared_.firing_wakeup.set();
}

void runner::restore(active_ptr run)
{
    if (run->record().cancel_asked)
        run->context.request_cancel();
    if (run->record().waits.what == ledger::waits_for_resume)
        run->context.request_pause();
    if (run->record().state == run_state::queued)
        return enqueue(std::move(run));
    slots_.reserve_anyway(*run);
    launch(std::move(run));
}

/// False: it was cancelled in the meantime.
task<result<bool>> runner::start_queued(active_ptr run)
{
    ledger::update_run state(run->record().id);
    state.state = run_state::running;
    state.started_at = shared_.wall();
    auto reports = reports_at_start(run->context);
    auto done = co_await run->context.save(std::move(state), std::move(reports));
    if (done)
        co_return true;
    if (done.error().code == errc::conflict)
        co_return false;
    co_return done.error();
}

task<bool> runner::start_due()
{
    const auto due = queue_.due(shared_.wall());
    for (const auto& run : due) {
        // Each commit before it took time: the job may be paused, and the run cancelled by now.
        const auto& job = run->record().job;
        if (shared_.stopping || shared_.paused_jobs.contains(job) || !queue_.contains(run->id()) ||
            !slots_.reserve(*run))
            continue;
        queue_.remove(run->id());
        ULAK_FAILPOINT("queue/begin");
        auto begun = co_await start_queued(run);
        ULAK_FAILPOINT("queue/begun");
        if (begun && *begun) {
            launch(run);
            continue;
        }
        release(*run);
        if (!begun) {
            queue_.add(run);
            co_return false;
        }
        remove(run);
    }
    co_return true;
}

task<> runner::drive(active_ptr run)
{
    kinds::ending ending(run_state::failed);
    std::string exception;
    try {
        auto left = co_await run->job->prepared->run(run->context);
        ending = std::move(left);
    } catch (const std::bad_alloc&) {
        throw; // nothing can be trusted now; the task group ends the process, and the next start recovers
    } catch (...) {
        exception = async::exception_text(std::current_exception());
    }
    if (exception.empty() && ending.interrupted && !shared_.stopping)
        exception = "the kind left the run as if the daemon were stopping";
    const bool goes_on = shared_.stopping && (ending.interrupted || !exception.empty());
    if (!goes_on) {
        run->ending = true;
        co_await async::shielded(finisher_.finish(run, std::move(ending), std::move(exception)));
    }
    ULAK_FAILPOINT("run/forget");
    remove(run);
}

void runner::remove(const active_ptr& run)
{
    active_.remove(run->id());
    queue_.remove(run->id());
    release(*run);
    for (auto& waiter : run->waiters)
        waiter.wake();
    shared_.run_ended();
}

void runner::stop_all()
{
    active_.request_stop();
    shared_.run_tasks.cancel();
}

} // namespace ulak::engine
