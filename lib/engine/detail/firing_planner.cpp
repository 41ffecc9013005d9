#include "engine/detail/firing_planner.hpp"

#include "core/local_time_text.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"
#include "kinds/notices.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::run_state;

namespace {

/// A schedule that queues behind a stuck run must not fill the disk.
constexpr std::size_t max_queued = 1000;

boost::json::object firing_data(const job::schedule& schedule, wall_point due, const std::string& reason)
{
    boost::json::object data;
    data["due"] = rfc3339(due);
    data["schedule"] = schedule.text();
    if (!reason.empty())
        data["reason"] = reason;
    return data;
}

} // namespace

std::string firing_key(const std::string& job, const job::schedule& schedule, wall_point due)
{
    return "schedule:" + job + ":" + schedule.text() + ":" + rfc3339(due);
}

/// `busy`: as many runs as `concurrency` allows are under way or queued.
struct firing_planner::one_job {
    const std::string& name;
    const std::shared_ptr<const loaded_job>& job;
    const job::schedule& when;
    bool busy;
};

void firing_planner::drop(const one_job& of, wall_point due, std::string reason, firing_batch& batch) const
{
    auto e = make_event(events::schedule_missed, events::level::notice, "not run: " + reason, of.name,
                        firing_data(of.when, due, reason));
    e.data["reason"] = reason; // here it has its place even where it is empty
    e.kind = of.job->document.kind;
    batch.changes.push_back(ledger::append_event{std::move(e)});
    batch.dropped.push_back(firing_view{of.name, due, std::move(reason), rfc3339_local(due, of.when.zone)});
}

void firing_planner::fire_one(const one_job& of, const job::due_firing& firing, firing_batch& batch) const
{
    const auto due = firing.at;
    const auto waiting = runs_.queue().count(of.name) + batch.queued.size();
    if (waiting >= max_queued)
        return drop(of, due, std::to_string(waiting) + " runs are waiting already", batch);
    auto draft = factory_.new_draft(of.name, of.job, {}, "schedule");
    if (!draft)
        return drop(of, due, draft.error().message, batch);

    // It begins at once unless it is delayed or something is before it.
    const auto start = due + job::jitter_of(of.when, of.name, due);
    draft->run.due_at = due;
    draft->run.unique_key = firing_key(of.name, of.when, due);
    const auto free = static_cast<std::size_t>(of.job->document.concurrency) > runs_.running(of.name);
    const bool at_once = start <= shared_.wall() && !of.busy && waiting == 0 && free;
    if (at_once) {
        draft->run.state = run_state::running;
        draft->run.started_at = shared_.wall();
    }
    auto run = factory_.make_active(std::move(*draft));
    run->not_before = start;
    const auto text = firing.reason.empty() ? std::string("fired") : "fired: " + firing.reason;
    batch.changes.push_back(run->context.event(events::schedule_fired, events::level::info, text,
                                               firing_data(of.when, due, firing.reason)));
    std::ranges::move(factory_.initial_changes(*run), std::back_inserter(batch.changes));
    if (at_once)
        runs_.reserve(*run);
    (at_once ? batch.started : batch.queued).push_back(std::move(run));
}

/// One notice for all that was dropped: a long stop may have missed a thousand.
void firing_planner::tell_of_missed(const one_job& of, std::size_t known, firing_batch& batch) const
{
    const std::size_t missed = batch.dropped.size() - known;
    if (missed == 0)
        return;
    const firing_view& last = batch.dropped.back();
    boost::json::object data = firing_data(of.when, last.at, last.reason);
    data["count"] = missed;
    const std::string text = "job " + of.name + ": " + counted(missed, "firing") + " did not run, the last of " +
                             last.local + ": " + last.reason;
    const kinds::notice_subject about{of.name, {}, of.job->document.kind};
    std::ranges::move(kinds::notices_of(of.job->document.notify, about, "missed", text, data, shared_.wall()),
                      std::back_inserter(batch.changes));
}

firing_batch firing_planner::plan(const std::string& name, const std::shared_ptr<const loaded_job>& job,
                                  const job::decision& decision, const std::set<std::string>& existing) const
{
    firing_batch batch;
    const auto& when = *job->document.when;
    const auto going = runs_.running(name) + runs_.queue().count(name);
    const one_job of{name, job, when, going >= static_cast<std::size_t>(job->document.concurrency)};
    std::size_t not_missed = 0;
    for (const auto& firing : decision.firings) {
        if (firing.decided != job::due_firing::disposition::run)
            drop(of, firing.at, firing.reason, batch);
        else if (shared_.paused_jobs.contains(name))
            drop(of, firing.at, "the job is paused", batch);
        else if (existing.contains(firing_key(name, when, firing.at)))
            drop(of, firing.at, "this firing has its run already", batch), ++not_missed;
        else if (of.busy && when.overlap == job::overlap_policy::skip)
            drop(of, firing.at, "an earlier run is still going", batch);
        else
            fire_one(of, firing, batch);
    }
    tell_of_missed(of, not_missed, batch);
    const bool any_run = !batch.started.empty() || !batch.queued.empty();
    if (of.busy && any_run && when.overlap == job::overlap_policy::cancel_previous)
        batch.replaced = runs_.active().acting_of_job(name);
    batch.changes.push_back(ledger::set_watermark{name, when.text(), decision.watermark});
    return batch;
}

} // namespace ulak::engine
