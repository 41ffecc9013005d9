#include "engine/house.hpp"

#include "async/deadline.hpp"
#include "engine/accounts.hpp"
#include "engine/attention.hpp"
#include "engine/recovery.hpp"

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
    : shared(std::move(p)), runs(shared), schedules(shared, runs), notices(shared, runs), sweeps(shared)
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
    auto recovered = co_await recover(core_, runs_);
    if (!recovered)
        co_return recovered.error();
    auto told = co_await tell_changes(changes);
    if (!told)
        co_return told.error();
    auto armed = co_await schedules_.arm();
    if (!armed)
        co_return armed.error();
    core_.loops.spawn("schedules", schedules_.loop());
    core_.loops.spawn("outbox", rooms_->notices.loop());
    core_.loops.spawn("sweeper", rooms_->sweeps.loop());
    co_return result<void>();
}

task<> house::stop(async::steady_point deadline)
{
    core_.stopping = true;
    core_.firing_bell.ring();
    core_.notice_bell.ring();
    core_.sweep_bell.ring();
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
    co_return co_await runs_.start(std::move(r));
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
    co_return co_await resolve_entry(core_, std::move(id), std::move(outcome), uid);
}

std::unique_ptr<engine> make_engine(parts p)
{
    return std::make_unique<house>(std::move(p));
}

} // namespace ulak::engine
