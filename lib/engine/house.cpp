#include "engine/house.hpp"

#include "async/deadline.hpp"
#include "core/failpoint.hpp"
#include "engine/accounts.hpp"
#include "engine/attention.hpp"
#include "engine/recovery.hpp"
#include "events/names.hpp"

namespace ulak::engine {
namespace {

task<result<void>> joined(async::task_group& group)
{
    co_await group.join();
    if (group.size() != 0)
        co_return error(errc::cancelled, "cancelled while waiting");
    co_return result<void>();
}

/// Beyond the deadline, members that were cancelled get this long to leave.
constexpr auto last_grace = std::chrono::milliseconds(500);

} // namespace

rooms::rooms(parts p)
    : shared(std::move(p)),
      runs(shared),
      schedules(shared, runs),
      notices(shared, runs),
      sweeps(shared),
      lost_numbers(shared)
{}

house::house(parts p)
    : rooms_(std::make_unique<rooms>(std::move(p))),
      core_(rooms_->shared),
      runs_(rooms_->runs),
      schedules_(rooms_->schedules)
{}

house::~house()
{
    static auto& abandoned = *new std::vector<std::unique_ptr<rooms>>();
    if (!rooms_->quiet())
        abandoned.push_back(std::move(rooms_));
}

task<result<void>> house::start()
{
    const auto changes = core_.jobs.refresh();
    auto recalled = co_await recall();
    if (!recalled)
        co_return recalled.error();
    ULAK_FAILPOINT("start/recalled");
    auto told = co_await tell_changes(changes);
    if (!told || !core_.store().health().held.empty())
        co_return told;
    co_return co_await go_on();
}

task<result<void>> house::go_on()
{
    going_on_ = true;
    auto recovered = co_await recover(core_, runs_);
    if (!recovered)
        co_return recovered.error();
    auto armed = co_await schedules_.arm();
    if (!armed)
        co_return armed.error();
    ULAK_FAILPOINT("start/armed");
    core_.loops.spawn("schedules", schedules_.loop());
    core_.loops.spawn("outbox", rooms_->notices.loop());
    core_.loops.spawn("sweeper", rooms_->sweeps.loop());
    core_.loops.spawn("strays", rooms_->lost_numbers.loop());
    open_ = true;
    co_return result<void>();
}

task<result<void>> house::adopt(std::uint32_t uid, std::int64_t pid)
{
    const auto why = core_.store().health().held;
    auto own = co_await core_.store().adopt();
    if (!own)
        co_return own.error();
    ULAK_FAILPOINT("adopt/own");
    auto e = tell(events::store_adopted, events::level::notice,
                  "uid " + std::to_string(uid) + " took the state folder for this daemon's own; it was held: " + why);
    e.data["uid"] = uid;
    e.data["pid"] = pid;
    auto told = co_await core_.given.record.publish(std::move(e));
    if (!told)
        co_return told.error();
    if (going_on_ || core_.stopping)
        co_return result<void>();
    co_return co_await go_on();
}

task<> house::stop(async::steady_point deadline)
{
    core_.stopping = true;
    core_.firing_bell.ring();
    core_.notice_bell.ring();
    core_.sweep_bell.ring();
    core_.stray_bell.ring();
    runs_.stop_all();
    auto& time = core_.given.time;
    auto runs = co_await async::with_deadline(time, deadline, joined(core_.crew));
    auto loops = co_await async::with_deadline(time, deadline, joined(core_.loops));
    if (loops)
        co_return;
    core_.loops.cancel(); // a webhook or a program that takes its time
    auto at_last = co_await async::with_deadline(time, time.now() + last_grace, joined(core_.loops));
}

task<result<started>> house::start_run(start_request r)
{
    if (!open_ && !core_.stopping) {
        const auto held = core_.store().health().held;
        if (held.empty())
            co_return error(errc::unavailable, "the daemon is still recovering; ask again in a moment");
        co_return error(errc::paused, held);
    }
    co_return co_await runs_.start(std::move(r));
}

task<result<std::optional<started>>> house::begun_before(const start_request& r)
{
    co_return co_await runs_.begun_before(r);
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
    co_return co_await read_balance(core_, std::move(account));
}

task<result<std::vector<providers::service>>> house::services(std::string account)
{
    co_return co_await read_services(core_, std::move(account));
}

task<result<ledger::attention_record>> house::resolve(std::string id, std::string outcome, std::uint32_t uid)
{
    co_return co_await resolve_entry(core_, std::move(id), std::move(outcome), uid, ledger::batch());
}

std::unique_ptr<engine> make_engine(parts p)
{
    return std::make_unique<house>(std::move(p));
}

} // namespace ulak::engine
