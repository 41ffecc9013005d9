#include "engine/engine.hpp"

#include "async/deadline.hpp"
#include "core/failpoint.hpp"
#include "engine/detail/accounts.hpp"
#include "engine/detail/attention_resolver.hpp"
#include "engine/detail/auto_reset_event.hpp"
#include "engine/detail/components.hpp"
#include "engine/detail/identities.hpp"
#include "engine/detail/job_settings.hpp"
#include "engine/detail/recovery.hpp"
#include "events/event_names.hpp"

namespace ulak::engine {
namespace {

task<result<void>> join_all(async::task_group& group)
{
    co_await group.join();
    if (group.size() != 0)
        co_return error(errc::cancelled, "cancelled while waiting");
    co_return result<void>();
}

/// Beyond the deadline, members that were cancelled get this long to leave.
constexpr auto final_grace = std::chrono::milliseconds(500);

} // namespace

engine::engine(dependencies d) : components_(std::make_unique<components>(std::move(d))) {}

engine::~engine()
{
    static auto& abandoned = *new std::vector<std::unique_ptr<components>>();
    if (!components_->idle())
        abandoned.push_back(std::move(components_));
}

task<result<void>> engine::start()
{
    auto& shared = components_->shared;
    const auto changes = shared.jobs.refresh();
    auto loaded = co_await load_job_settings(shared);
    if (!loaded)
        co_return loaded.error();
    co_await components_->schedules.load_missed();
    ULAK_FAILPOINT("start/recalled");
    auto recorded = co_await components_->files.record(changes);
    if (!recorded || !shared.store().health().held.empty())
        co_return recorded;
    co_return co_await recover_and_start();
}

task<result<void>> engine::recover_and_start()
{
    // Nothing begins before what a crash left is settled and the schedules are armed.
    recovery_begun_ = true;
    auto& c = *components_;
    auto watching = co_await c.shared.clock_watch.start();
    if (!watching)
        co_return watching.error();
    auto recovered = co_await recover(c.shared, c.runs, c.factory, c.held);
    if (!recovered)
        co_return recovered.error();
    auto armed = co_await c.schedules.arm();
    if (!armed)
        co_return armed.error();
    ULAK_FAILPOINT("start/armed");
    c.shared.background_tasks.spawn("clock", c.shared.clock_watch.loop());
    clock_watcher_ = c.shared.background_tasks.spawn("clock watch", c.shared.clock_watch.watch());
    c.shared.background_tasks.spawn("schedules", c.schedules.loop());
    c.shared.background_tasks.spawn("outbox", c.notices.loop());
    c.shared.background_tasks.spawn("purger", c.purges.loop());
    c.kind_work.start();
    accepts_runs_ = true;
    co_return result<void>();
}

task<result<void>> engine::adopt(std::uint32_t uid, std::int64_t pid)
{
    auto& shared = components_->shared;
    const auto held = shared.store().health().held;
    auto adopted = co_await shared.store().adopt();
    if (!adopted)
        co_return adopted.error();
    ULAK_FAILPOINT("adopt/own");
    auto e =
        make_event(events::store_adopted, events::level::notice,
                   "uid " + std::to_string(uid) + " took the state folder for this daemon's own; it was held: " + held);
    e.data["uid"] = uid;
    e.data["pid"] = pid;
    auto published = co_await shared.deps.recorder.publish(std::move(e));
    if (!published)
        co_return published.error();
    if (recovery_begun_ || shared.stopping)
        co_return result<void>();
    co_return co_await recover_and_start();
}

clock_view engine::clock() const
{
    const auto& time = components_->shared.deps.time;
    return clock_view{time.wall_doubt(), time.synchronised()};
}

task<result<void>> engine::confirm_clock(std::uint32_t uid, std::int64_t pid)
{
    co_return co_await components_->shared.clock_watch.confirm(uid, pid);
}

task<> engine::stop(async::steady_point deadline)
{
    auto& shared = components_->shared;
    shared.stopping = true;
    shared.wake_all();
    shared.clock_watch.stop();
    shared.background_tasks.cancel(clock_watcher_);
    components_->runs.stop_all();
    auto& time = shared.deps.time;
    auto runs = co_await async::with_deadline(time, deadline, join_all(shared.run_tasks));
    auto background = co_await async::with_deadline(time, deadline, join_all(shared.background_tasks));
    if (background)
        co_return;
    shared.background_tasks.cancel(); // a webhook or a program that takes its time
    auto last = co_await async::with_deadline(time, time.now() + final_grace, join_all(shared.background_tasks));
}

task<result<start_result>> engine::start_run(start_request request)
{
    const auto& shared = components_->shared;
    if (!accepts_runs_ && !shared.stopping) {
        const auto held = components_->shared.store().health().held;
        if (held.empty())
            co_return error(errc::unavailable, "the daemon is still recovering; ask again in a moment");
        co_return error(errc::paused, held);
    }
    co_return co_await components_->starter.start(std::move(request));
}

task<result<std::optional<start_result>>> engine::find_existing(const start_request& request)
{
    co_return co_await components_->starter.find_existing(request);
}

task<result<ledger::run_record>> engine::wait(run_id id, async::steady_point deadline)
{
    auto& shared = components_->shared;
    if (const auto run = components_->runs.active().find(id)) {
        auto ended = co_await wait_in_line(run->waiters, shared.deps.time, deadline);
        if (!ended && ended.error().code == errc::cancelled)
            co_return ended.error();
    }
    co_return co_await shared.store().run(std::move(id));
}

task<result<void>> engine::cancel(run_id id)
{
    co_return co_await components_->canceller.cancel(std::move(id));
}

std::string engine::waits_for_account(const run_id& id) const
{
    return components_->held.why(id);
}

task<result<void>> engine::pause_run(run_id id)
{
    return components_->pauser.pause(std::move(id));
}

task<result<void>> engine::resume_run(run_id id)
{
    return components_->pauser.resume(std::move(id));
}

task<result<boost::json::object>> engine::plan(std::string job, boost::json::object params)
{
    co_return co_await components_->starter.plan(std::move(job), std::move(params));
}

task<result<void>> engine::pause(std::string job)
{
    co_return co_await set_paused(components_->shared, std::move(job), true);
}
task<result<void>> engine::resume(std::string job)
{
    co_return co_await set_paused(components_->shared, std::move(job), false);
}

task<result<std::vector<file_change>>> engine::reload(bool dry_run)
{
    co_return co_await components_->files.reload(dry_run, accepts_runs_);
}

task<result<std::vector<file_change>>> engine::reconfigure(bool dry_run, configuration c)
{
    if (!dry_run) {
        auto identified = co_await identify(c.accounts);
        if (!identified)
            co_return identified.error();
    }
    auto changes = co_await components_->files.reconfigure(dry_run, accepts_runs_, std::move(c));
    if (dry_run || !accepts_runs_)
        co_return changes;
    auto resumed =
        co_await resume_held(components_->shared, components_->runs, components_->factory, components_->held);
    if (!resumed)
        co_return resumed.error();
    co_return changes;
}

task<result<void>> engine::identify(std::shared_ptr<const providers::accounts> accounts)
{
    if (!recovery_begun_) // the start does it; until then a held store is not written to
        co_return result<void>();
    co_return co_await identify_accounts(components_->shared, *accounts);
}

task<result<void>> engine::adopt_account(std::string name, std::uint32_t uid)
{
    auto& c = *components_;
    if (!accepts_runs_)
        co_return error(errc::unavailable, "the daemon is still recovering; ask again in a moment");
    auto adopted = co_await ulak::engine::adopt_account(c.shared, c.held, std::move(name), uid);
    if (!adopted)
        co_return adopted.error();
    co_return co_await resume_held(c.shared, c.runs, c.factory, c.held);
}

task<result<account_uses>> engine::in_use()
{
    account_uses all;
    auto calls = co_await uses_by_calls(components_->shared);
    if (!calls)
        co_return calls.error();
    components_->runs.active().add_account_uses(all);
    all.merge(std::move(*calls));
    co_return all;
}

std::vector<job_view> engine::jobs() const
{
    return components_->viewer.jobs();
}
std::optional<job_view> engine::job(std::string_view name) const
{
    return components_->viewer.job(name);
}

result<std::vector<firing_view>> engine::next(std::string_view job, std::size_t limit,
                                              std::optional<wall_point> from) const
{
    return components_->viewer.next(job, limit, from);
}

std::vector<firing_view> engine::missed(std::string_view job) const
{
    return components_->schedules.missed(job);
}

std::size_t engine::running() const
{
    return components_->runs.running_count();
}

std::vector<waiting_run_view> engine::waiting(std::size_t limit) const
{
    return components_->runs.active().waiting(limit);
}

bool engine::idle() const
{
    return components_->idle();
}

bool engine::stopping() const
{
    return components_->shared.stopping;
}

const otp_limits& engine::otp() const
{
    return components_->shared.deps.otp;
}

std::shared_ptr<const providers::accounts> engine::accounts() const
{
    return components_->shared.deps.accounts;
}

task<result<balance_view>> engine::balance(std::string account)
{
    co_return co_await read_balance(components_->shared, std::move(account));
}

task<result<std::vector<providers::service>>> engine::services(std::string account)
{
    co_return co_await read_services(components_->shared, std::move(account));
}

task<result<ledger::attention_record>> engine::resolve(std::string id, std::string outcome, std::uint32_t uid)
{
    co_return co_await resolve_entry(components_->shared, std::move(id), std::move(outcome), uid, ledger::batch());
}

} // namespace ulak::engine
