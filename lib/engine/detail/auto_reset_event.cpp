#include "engine/detail/auto_reset_event.hpp"

#include "async/deadline.hpp"

#include <boost/asio/this_coro.hpp>

namespace ulak::engine {

namespace asio = boost::asio;

namespace {

task<result<void>> wait_for(async::waiter& self)
{
    const auto stopped = co_await self.wait();
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting");
    co_return result<void>();
}

} // namespace

void auto_reset_event::set()
{
    is_set_ = true;
    for (auto& w : waiters_)
        w.wake();
}

task<result<void>> auto_reset_event::wait_until_set()
{
    async::waiter self(ex_);
    waiters_.push_back(self);
    if (is_set_)
        self.wake();
    co_return co_await wait_for(self);
}

task<bool> auto_reset_event::wait(async::clock& time, std::optional<async::steady_point> until)
{
    if (!is_set_ && until) {
        co_await async::with_deadline(time, *until, wait_until_set());
    } else if (!is_set_) {
        co_await wait_until_set();
    }
    co_return std::exchange(is_set_, false);
}

task<result<void>> wait_in_line(async::wait_queue<>& line, async::clock& time, async::steady_point deadline)
{
    auto ex = co_await asio::this_coro::executor;
    async::waiter self(ex);
    line.push_back(self);
    co_return co_await async::with_deadline(time, deadline, wait_for(self));
}

} // namespace ulak::engine
