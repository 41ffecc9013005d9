// What becomes of each firing that is due: watermark, runs and events in one commit.
#include "core/failpoint.hpp"
#include "core/local_time_text.hpp"
#include "engine/detail/run_changes.hpp"
#include "engine/detail/scheduler.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::run_state;

namespace {

/// A schedule that queues behind a stuck run must not fill the disk.
constexpr std::size_t max_queued = 1000;
/// A watermark further ahead than this was set by a clock that was wrong.
constexpr auto max_clock_lead = std::chrono::hours(1);

boost::json::object firing_data(const job::schedule& s, wall_point due)
{
    boost::json::object data;
    data["due"] = rfc3339(due);
    data["schedule"] = s.text();
    return data;
}

} // namespace

task<bool> scheduler::fire_due()
{
    std::vector<std::string> due;
    const auto now = shared_.wall();
    for (const auto& [name, a] : armed_)
        if ((a.next && *a.next <= now) || a.watermark > now + max_clock_lead)
            due.push_back(name);
    bool fine = true;
    for (auto& name : due) {
        if (shared_.stopping)
            break;
        const bool one = co_await fire(std::move(name));
        fine = fine && one;
    }
    co_return fine;
}

task<result<bool>> scheduler::correct_watermark(std::string name)
{
    auto& a = armed_.at(name);
    const auto now = shared_.wall();
    if (a.watermark <= now + max_clock_lead)
        co_return false;
    move_watermark(a, now);
    ledger::batch all;
    all.push_back(ledger::set_watermark{name, a.text, now});
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    if (!done)
        co_return done.error();
    co_return true;
}

void scheduler::drop(const std::string& name, const loaded_ptr& job, wall_point due, std::string why, firing_batch& v)
{
    auto data = firing_data(*job->document.when, due);
    data["reason"] = why;
    v.dropped.push_back(firing_view{name, due, why, rfc3339_local(due, job->document.when->zone)});
    auto e = make_event(events::schedule_missed, events::level::notice, "not run: " + why, name, std::move(data));
    e.kind = job->document.kind;
    v.changes.push_back(ledger::append_event{std::move(e)});
}

void scheduler::fire_one(const std::string& name, const loaded_ptr& job, const job::due_firing& f, bool blocked, firing_batch& v)
{
    const auto due = f.at;
    const auto& when = *job->document.when;
    const auto waiting = runs_.queued(name) + v.queued.size();
    if (waiting >= max_queued)
        return drop(name, job, due, std::to_string(waiting) + " runs are waiting already", v);
    auto d = runs_.new_draft(name, job, {}, "schedule");
    if (!d)
        return drop(name, job, due, d.error().message, v);
    const auto start = due + job::jitter_of(when, name, due);
    d->run.due_at = due;
    d->run.unique_key = firing_key(name, when, due);
    const auto free = static_cast<std::size_t>(job->document.concurrency) > runs_.running(name);
    const bool at_once = start <= shared_.wall() && !blocked && waiting == 0 && free;
    if (at_once) {
        d->run.state = run_state::running;
        d->run.started_at = shared_.wall();
    }
    auto r = runs_.make_active(std::move(*d));
    r->not_before = start;
    auto data = firing_data(when, due);
    if (!f.reason.empty())
        data["reason"] = f.reason;
    const auto text = f.reason.empty() ? std::string("fired") : "fired: " + f.reason;
    auto e = r->ctx.event(events::schedule_fired, events::level::info, text, std::move(data));
    v.changes.push_back(std::move(e));
    auto made = runs_.initial_changes(*r);
    std::ranges::move(made, std::back_inserter(v.changes));
    if (at_once)
        runs_.reserve(*r);
    (at_once ? v.started : v.queued).push_back(std::move(r));
}

scheduler::firing_batch scheduler::plan(const std::string& name, const loaded_ptr& job, const job::decision& d,
                                 const std::vector<std::string>& made)
{
    firing_batch v;
    const auto& when = *job->document.when;
    const auto going = runs_.running(name) + runs_.queued(name);
    const bool busy = going >= static_cast<std::size_t>(job->document.concurrency);
    for (const auto& f : d.firings) {
        if (f.decided != job::due_firing::disposition::run)
            drop(name, job, f.at, f.reason, v);
        else if (shared_.paused_jobs.contains(name))
            drop(name, job, f.at, "the job is paused", v);
        else if (std::ranges::find(made, firing_key(name, when, f.at)) != made.end())
            drop(name, job, f.at, "this firing has its run already", v);
        else if (busy && when.overlap == job::overlap_policy::skip)
            drop(name, job, f.at, "an earlier run is still going", v);
        else
            fire_one(name, job, f, busy, v);
    }
    const bool runs = !v.started.empty() || !v.queued.empty();
    if (busy && runs && when.overlap == job::overlap_policy::cancel_previous)
        v.cancelled = runs_.runs_of_job(name);
    v.changes.push_back(ledger::set_watermark{name, when.text(), d.watermark});
    return v;
}

task<std::vector<std::string>> scheduler::existing_keys(std::string name, loaded_ptr job, const job::decision& d)
{
    std::vector<std::string> made;
    for (const auto& f : d.firings) {
        if (f.decided != job::due_firing::disposition::run)
            continue;
        auto key = firing_key(name, *job->document.when, f.at);
        auto run = co_await shared_.store().run_by_key(key);
        if (run && *run)
            made.push_back(std::move(key));
    }
    co_return made;
}

task<bool> scheduler::fire(std::string name)
{
    auto mended = co_await correct_watermark(name);
    if (!mended || *mended || !armed_.contains(name))
        co_return mended.has_value();
    const auto job = armed_.at(name).job;
    const auto d = job::decide(*job->document.when, armed_.at(name).watermark, shared_.wall());
    if (d.firings.empty()) {
        move_watermark(armed_.at(name), std::max(d.watermark, shared_.wall()));
        co_return true;
    }
    auto v = plan(name, job, d, {});
    ULAK_FAILPOINT("firing/commit");
    auto done = co_await shared_.deps.recorder.commit(v.changes);
    ULAK_FAILPOINT("firing/committed");
    if (!done && done.error().code == errc::conflict) {
        std::ranges::for_each(v.started, [&](auto& r) { runs_.release(*r); });
        const auto made = co_await existing_keys(name, job, d);
        v = plan(name, job, d, made);
        done = co_await shared_.deps.recorder.commit(v.changes);
    }
    if (!done) {
        std::ranges::for_each(v.started, [&](auto& r) { runs_.release(*r); });
        co_return false;
    }
    for (auto& f : v.dropped)
        remember_missed(std::move(f));
    if (const auto a = armed_.find(name); a != armed_.end() && a->second.text == job->document.when->text())
        move_watermark(a->second, d.watermark);
    for (auto& r : v.started)
        runs_.launch(std::move(r));
    for (auto& r : v.queued)
        runs_.enqueue(std::move(r));
    ULAK_FAILPOINT("firing/launched");
    for (auto& id : v.cancelled)
        co_await runs_.cancel(std::move(id));
    co_return true;
}

} // namespace ulak::engine
