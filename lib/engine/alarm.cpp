#include "engine/alarm.hpp"

#include "async/deadline.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

namespace ulak::engine {

namespace asio = boost::asio;

namespace {

task<result<void>> woken(async::waiter& me)
{
    const auto stopped = co_await me.wait();
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting");
    co_return result<void>();
}

task<> out_of_reach(task<> work)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await std::move(work);
}

} // namespace

void alarm::ring()
{
    rung_ = true;
    for (auto& w : line_)
        w.wake();
}

task<result<void>> alarm::rung()
{
    async::waiter me(ex_);
    line_.push_back(me);
    if (rung_)
        me.wake();
    co_return co_await woken(me);
}

task<bool> alarm::wait(async::clock& time, std::optional<async::steady_point> until)
{
    if (!rung_ && until) {
        auto ring_or_time = async::with_deadline(time, *until, rung());
        co_await std::move(ring_or_time);
    } else if (!rung_) {
        co_await rung();
    }
    co_return std::exchange(rung_, false);
}

task<result<void>> stand_in(async::wait_queue<>& line, async::clock& time, async::steady_point deadline)
{
    auto ex = co_await asio::this_coro::executor;
    async::waiter me(ex);
    line.push_back(me);
    co_return co_await async::with_deadline(time, deadline, woken(me));
}

task<> shielded(task<> work)
{
    auto ex = co_await asio::this_coro::executor;
    auto alone = asio::bind_cancellation_slot(asio::cancellation_slot(), use_task);
    co_await asio::co_spawn(ex, out_of_reach(std::move(work)), std::move(alone));
}

} // namespace ulak::engine
