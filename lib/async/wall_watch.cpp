#include "async/wall_watch.hpp"

#include "async/kernel_timer.hpp"
#include "async/waiter.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>

#include <chrono>
#include <cstdint>
#include <limits>

#include <sys/timerfd.h>
#include <unistd.h>

namespace ulak::async {
namespace {

/// Beyond what any clock is set to.
constexpr std::chrono::seconds never{std::numeric_limits<std::int32_t>::max() * std::int64_t(4)};

} // namespace

wall_watch::wall_watch(executor ex) : timer_(ex, open_kernel_timer(CLOCK_REALTIME))
{
    arm();
}

void wall_watch::arm()
{
    itimerspec spec = {};
    spec.it_value.tv_sec = never.count();
    ::timerfd_settime(timer_.native_handle(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, nullptr);
}

task<boost::system::error_code> wall_watch::wait()
{
    const bool stopped = co_await cancellation_requested();
    if (stopped)
        co_return boost::asio::error::operation_aborted;
    auto ended = co_await timer_.async_wait(timer_.wait_read, boost::asio::as_tuple(use_task));
    std::uint64_t ticks = 0;
    const bool read = ::read(timer_.native_handle(), &ticks, sizeof ticks) == sizeof ticks; // ECANCELED: it was set
    if (read)
        arm();
    co_return std::get<0>(ended);
}

} // namespace ulak::async
