#include "engine/detail/house.hpp"

#include "async/deadline.hpp"
#include "core/failpoint.hpp"
#include "engine/detail/accounts.hpp"
#include "engine/detail/attention_resolver.hpp"
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

components::components(dependencies p)
    : shared(std::move(p)),
      runs(shared),
      schedules(shared, runs),
      notices(shared, runs),
      purges(shared),
      kind_work(shared)
{}

house::house(dependencies p)
    : components_(std::make_unique<components>(std::move(p))),
      shared_(components_->shared),
      runs_(components_->runs),
      schedules_(components_->schedules)
{}

house::~house()
{
    static auto& abandoned = *new std::vector<std::unique_ptr<components>>();
    if (!components_->idle())
        abandoned.push_back(std::move(components_));
}

task<result<void>> house::start()
{
    const auto changes = shared_.jobs.refresh();
    auto recalled = co_await load_state();
    if (!recalled)
        co_return recalled.error();
    ULAK_FAILPOINT("start/recalled");
    auto told = co_await record_changes(changes);
    if (!told || !shared_.store().health().held.empty())
        co_return told;
    co_return co_await recover_and_start();
}

task<result<void>> house::recover_and_start()
{
    recovery_begun_ = true;
    auto recovered = co_await recover(shared_, runs_);
    if (!recovered)
        co_return recovered.error();
    auto armed = co_await schedules_.arm();
    if (!armed)
        co_return armed.error();
    ULAK_FAILPOINT("start/armed");
    shared_.background_tasks.spawn("schedules", schedules_.loop());
    shared_.background_tasks.spawn("outbox", components_->notices.loop());
    shared_.background_tasks.spawn("sweeper", components_->purges.loop());
    components_->kind_work.start();
    accepts_runs_ = true;
    co_return result<void>();
}

task<result<void>> house::adopt(std::uint32_t uid, std::int64_t pid)
{
    const auto why = shared_.store().health().held;
    auto own = co_await shared_.store().adopt();
    if (!own)
        co_return own.error();
    ULAK_FAILPOINT("adopt/own");
    auto e =
        make_event(events::store_adopted, events::level::notice,
                   "uid " + std::to_string(uid) + " took the state folder for this daemon's own; it was held: " + why);
    e.data["uid"] = uid;
    e.data["pid"] = pid;
    auto told = co_await shared_.deps.recorder.publish(std::move(e));
    if (!told)
        co_return told.error();
    if (recovery_begun_ || shared_.stopping)
        co_return result<void>();
    co_return co_await recover_and_start();
}

task<> house::stop(async::steady_point deadline)
{
    shared_.stopping = true;
    shared_.wake_all();
    runs_.stop_all();
    auto& time = shared_.deps.time;
    auto runs = co_await async::with_deadline(time, deadline, join_all(shared_.run_tasks));
    auto loops = co_await async::with_deadline(time, deadline, join_all(shared_.background_tasks));
    if (loops)
        co_return;
    shared_.background_tasks.cancel(); // a webhook or a program that takes its time
    auto at_last = co_await async::with_deadline(time, time.now() + final_grace, join_all(shared_.background_tasks));
}

task<result<start_result>> house::start_run(start_request r)
{
    if (!accepts_runs_ && !shared_.stopping) {
        const auto held = shared_.store().health().held;
        if (held.empty())
            co_return error(errc::unavailable, "the daemon is still recovering; ask again in a moment");
        co_return error(errc::paused, held);
    }
    co_return co_await runs_.start(std::move(r));
}

task<result<std::optional<start_result>>> house::find_existing(const start_request& r)
{
    co_return co_await runs_.find_existing(r);
}

task<result<ledger::run_record>> house::wait(run_id id, async::steady_point deadline)
{
    co_return co_await runs_.wait(std::move(id), deadline);
}

task<result<void>> house::cancel(run_id id)
{
    co_return co_await runs_.cancel(std::move(id));
}

task<result<boost::json::object>> house::plan(std::string job, boost::json::object params)
{
    co_return co_await runs_.plan(std::move(job), std::move(params));
}

task<result<balance_view>> house::balance(std::string account)
{
    co_return co_await read_balance(shared_, std::move(account));
}

task<result<std::vector<providers::service>>> house::services(std::string account)
{
    co_return co_await read_services(shared_, std::move(account));
}

task<result<ledger::attention_record>> house::resolve(std::string id, std::string outcome, std::uint32_t uid)
{
    co_return co_await resolve_entry(shared_, std::move(id), std::move(outcome), uid, ledger::batch());
}

std::unique_ptr<engine> make_engine(dependencies p)
{
    return std::make_unique<house>(std::move(p));
}

} // namespace ulak::engine
