// Slots, the queue, and who is in memory.
#include "core/failpoint.hpp"
#include "engine/detail/run_changes.hpp"
#include "engine/detail/runner.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::run_state;

bool runner::reserve(active_run& r)
{
    auto& taken = slots_[r.ctx.run().job];
    if (taken >= static_cast<std::size_t>(r.job->document.concurrency))
        return false;
    ++taken;
    r.holds_slot = true;
    return true;
}

void runner::release(active_run& r)
{
    if (!std::exchange(r.holds_slot, false))
        return;
    const auto taken = slots_.find(r.ctx.run().job);
    if (--taken->second == 0)
        slots_.erase(taken);
    if (!queue_.empty())
        shared_.firing_wakeup.set();
}

void runner::launch(active_ptr r)
{
    const auto id = r->ctx.run().id.text();
    shared_.last_run[r->ctx.run().job] = std::max(shared_.last_run[r->ctx.run().job], id);
    shared_.notice_wakeup.set();
    if (shared_.stopping) { // it goes on at the next start
        release(*r);
        return;
    }
    active_[id] = r;
    r->task_id = shared_.run_tasks.spawn("run " + id, drive(r));
    if (r->ctx.cancel_requested())
        shared_.run_tasks.cancel(*r->task_id);
}

void runner::enqueue(active_ptr r)
{
    const auto id = r->ctx.run().id.text();
    shared_.last_run[r->ctx.run().job] = std::max(shared_.last_run[r->ctx.run().job], id);
    active_[id] = r;
    queue_[id] = std::move(r);
    shared_.firing_wakeup.set();
}

void runner::restore(active_ptr r)
{
    if (r->ctx.run().cancel_asked)
        r->ctx.request_cancel();
    if (r->ctx.run().state == run_state::queued)
        return enqueue(std::move(r));
    // What was running goes on even if its job allows fewer by now.
    ++slots_[r->ctx.run().job];
    r->holds_slot = true;
    launch(std::move(r));
}

task<result<bool>> runner::start_queued(active_ptr r)
{
    ledger::update_run state(r->ctx.run().id);
    state.state = run_state::running;
    state.started_at = shared_.wall();
    auto news = reports_at_start(r->ctx);
    auto done = co_await r->ctx.save(std::move(state), std::move(news));
    if (done)
        co_return true;
    if (done.error().code == errc::conflict) // cancelled in the meantime
        co_return false;
    co_return done.error();
}

task<bool> runner::start_due()
{
    const auto now = shared_.wall();
    std::vector<active_ptr> due;
    for (const auto& [id, r] : queue_)
        if (r->not_before <= now)
            due.push_back(r);
    for (auto& r : due) {
        const auto id = r->ctx.run().id.text();
        if (shared_.stopping || shared_.paused_jobs.contains(r->ctx.run().job) || !queue_.contains(id) || !reserve(*r))
            continue;
        queue_.erase(id);
        ULAK_FAILPOINT("queue/begin");
        auto begun = co_await start_queued(r);
        ULAK_FAILPOINT("queue/begun");
        if (begun && *begun) {
            launch(r);
            continue;
        }
        release(*r);
        if (!begun) {
            queue_[id] = r;
            co_return false;
        }
        remove(r);
    }
    co_return true;
}

std::optional<wall_point> runner::next_start() const
{
    std::optional<wall_point> first;
    for (const auto& [id, r] : queue_)
        if (r->not_before > shared_.wall() && (!first || r->not_before < *first))
            first = r->not_before;
    return first;
}

std::size_t runner::running(const std::string& job) const
{
    const auto taken = slots_.find(job);
    return taken == slots_.end() ? 0 : taken->second;
}

std::size_t runner::queued(const std::string& job) const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(queue_, [&](const auto& q) { return q.second->ctx.run().job == job; }));
}

std::vector<run_id> runner::runs_of_job(const std::string& job) const
{
    std::vector<run_id> all;
    for (const auto& [id, r] : active_)
        if (r->ctx.run().job == job)
            all.push_back(r->ctx.run().id);
    return all;
}

void runner::add_account_uses(account_uses& all) const
{
    for (const auto& [id, r] : active_)
        for (const auto& account : r->job->accounts)
            all.try_emplace(account, "run " + id + " of job " + r->ctx.run().job + " is under way");
}

bool runner::any_notify_rules() const
{
    return std::ranges::any_of(active_, [](const auto& a) { return !a.second->job->document.notify.empty(); });
}

} // namespace ulak::engine
