#include "engine/detail/scheduler.hpp"

#include "core/failpoint.hpp"
#include "core/local_time_text.hpp"
#include "engine/detail/upcoming_firings.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

/// A step of the clock or a suspend is noticed within this time.
constexpr auto longest_sleep = std::chrono::seconds(30);
/// Until the disk is tried again.
constexpr auto retry_pause = std::chrono::seconds(1);

} // namespace

task<result<void>> scheduler::arm()
{
    if (!shared_.deps.schedules_enabled)
        co_return result<void>();
    arm_later_ = !shared_.wall_trusted(); // a new watermark is set to now
    if (arm_later_)
        co_return result<void>();
    co_return co_await armed_.arm();
}

task<> scheduler::loop()
{
    while (!shared_.stopping) {
        std::optional<async::steady_point> until; // while the clock is in doubt: until it is trusted
        const bool trusted = shared_.wall_trusted();
        if (trusted) {
            const bool done = co_await act();
            until = wake_time(!done);
        }
        co_await shared_.firing_wakeup.wait(shared_.deps.time, until);
    }
}

/// False: the disk refused some.
task<bool> scheduler::act()
{
    if (arm_later_) {
        auto armed = co_await arm();
        if (!armed) {
            arm_later_ = true;
            co_return false;
        }
    }
    const bool taken_back = co_await take_back_early();
    const bool fired = co_await fire_due();
    const bool begun = co_await runs_.start_due();
    const bool all_done = taken_back && fired && begun;
    co_return all_done;
}

/// Runs that a clock ahead of time has queued would wait for years, and run twice then. False: the disk refused.
task<bool> scheduler::take_back_early()
{
    for (const auto& run : runs_.queue().due_beyond(shared_.wall() + max_clock_lead)) {
        firing_view early{run->record().job, *run->record().due_at, "queued while the clock was ahead", {}};
        early.local = rfc3339_local(early.at, shared_.deps.zone);
        auto e = make_event(events::schedule_missed, events::level::warning, "taken back: " + early.reason, early.job);
        e.run = run->id();
        e.data["due"] = rfc3339(early.at);
        e.data["reason"] = early.reason;
        auto told = co_await shared_.deps.recorder.publish(std::move(e));
        if (!told)
            co_return false;
        auto cancelled = co_await canceller_.cancel(run->record().id);
        if (!cancelled)
            co_return false;
        missed_.add(std::move(early));
    }
    co_return true;
}

std::optional<async::steady_point> scheduler::wake_time(bool disk_refused) const
{
    if (disk_refused)
        return shared_.steady_in(retry_pause);
    auto first = runs_.queue().next_due_after(shared_.wall());
    const auto firing = armed_.next_firing();
    if (firing && (!first || *firing < *first))
        first = firing;
    if (!first)
        return std::nullopt;
    const std::chrono::milliseconds wait = *first - shared_.wall();
    return shared_.steady_in(std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(0), longest_sleep));
}

/// False: the disk refused some.
task<bool> scheduler::fire_due()
{
    auto due = armed_.due(shared_.wall());
    bool all_fired = true;
    for (auto& name : due) {
        if (shared_.stopping)
            break;
        const bool fired = co_await fire(std::move(name));
        all_fired = all_fired && fired;
    }
    co_return all_fired;
}

/// Whether a watermark far ahead, from a clock that was wrong, was set back to now.
task<result<bool>> scheduler::correct_watermark(std::string name)
{
    auto* armed = armed_.find(name);
    if (!armed) // a reload has disarmed the job since it was found due
        co_return false;
    const auto now = shared_.wall();
    if (armed->watermark <= now + max_clock_lead)
        co_return false;
    armed->move_watermark(now);
    ledger::batch all;
    all.push_back(ledger::set_watermark{name, armed->text, now});
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    if (!done)
        co_return done.error();
    co_return true;
}

/// Keys of the firings that have a run already: of another daemon, or from before a crash.
task<std::set<std::string>> scheduler::existing_keys(std::string name, std::shared_ptr<const loaded_job> job,
                                                     const job::decision& decision)
{
    std::set<std::string> existing;
    for (const auto& firing : decision.firings) {
        if (firing.decided != job::due_firing::disposition::run)
            continue;
        auto key = firing_key(name, *job->document.when, firing.at);
        auto run = co_await shared_.store().run_by_key(key);
        if (run && *run)
            existing.insert(std::move(key));
    }
    co_return existing;
}

task<bool> scheduler::fire(std::string name)
{
    auto corrected = co_await correct_watermark(name);
    auto* armed = armed_.find(name); // a reload may have disarmed it
    if (!corrected || *corrected || !armed)
        co_return corrected.has_value();

    if (!shared_.wall_trusted()) // it jumped meanwhile
        co_return true;

    // What is due; without a firing only the watermark in memory moves.
    const auto job = armed->job;
    const auto decision = job::decide(*job->document.when, armed->watermark, shared_.wall());
    if (decision.firings.empty()) {
        armed->move_watermark(std::max(decision.watermark, shared_.wall()));
        co_return true;
    }

    // Runs, events and watermark in one commit. A conflict: some of the runs are there already.
    const std::set<std::string> none;
    auto batch = planner_.plan(name, job, decision, none);
    batch.changes.push_back(shared_.clock_watch.reading_change());
    ULAK_FAILPOINT("firing/commit");
    auto done = co_await shared_.deps.recorder.commit(batch.changes);
    ULAK_FAILPOINT("firing/committed");
    if (!done && done.error().code == errc::conflict) {
        release(batch);
        const auto existing = co_await existing_keys(name, job, decision);
        batch = planner_.plan(name, job, decision, existing);
        done = co_await shared_.deps.recorder.commit(batch.changes);
    }
    if (!done) {
        release(batch);
        co_return false;
    }
    armed = armed_.find(name); // look again: a reload may have replaced it
    if (armed && armed->text == job->document.when->text())
        armed->move_watermark(decision.watermark);
    co_await carry_out(std::move(batch));
    co_return true;
}

void scheduler::release(const firing_batch& batch)
{
    for (const auto& run : batch.started)
        runs_.release(*run);
}

task<> scheduler::carry_out(firing_batch batch)
{
    for (auto& dropped : batch.dropped)
        missed_.add(std::move(dropped));
    for (auto& run : batch.started)
        runs_.launch(std::move(run));
    for (auto& run : batch.queued)
        runs_.enqueue(std::move(run));
    ULAK_FAILPOINT("firing/launched");
    for (auto& id : batch.replaced)
        co_await canceller_.cancel(std::move(id));
}

std::vector<firing_view> scheduler::next(const std::string& job, std::size_t limit,
                                         std::optional<wall_point> from) const
{
    const auto* entry = shared_.jobs.find(job);
    if (!entry || !entry->good)
        return {};
    const auto now = shared_.wall();
    const auto* armed = armed_.find(job);
    upcoming_query query;
    query.job = job;
    query.paused = shared_.paused_jobs.contains(job);
    query.watermark = armed ? armed->watermark : now;
    query.from = from.value_or(std::max(now, query.watermark + std::chrono::milliseconds(1)));
    query.limit = limit;
    return upcoming_firings(*entry->good, query);
}

} // namespace ulak::engine
