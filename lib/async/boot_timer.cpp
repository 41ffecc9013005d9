#include "async/boot_timer.hpp"

#include "async/kernel_timer.hpp"

#include <algorithm>
#include <chrono>

#include <sys/timerfd.h>
#include <time.h>

namespace ulak::async {
namespace {

/// Relative: where a debugging library shows another time, only the difference is the kernel's.
itimerspec in(steady_point::duration from_now)
{
    const auto wait = std::max(from_now, steady_point::duration(1)); // zero would disarm it
    const auto whole = std::chrono::floor<std::chrono::seconds>(wait);
    itimerspec spec = {};
    spec.it_value.tv_sec = whole.count();
    spec.it_value.tv_nsec = (wait - whole).count();
    return spec;
}

} // namespace

boot_timer::boot_timer(executor ex)
    : executor_(ex), timer_(ex, open_kernel_timer(CLOCK_BOOTTIME)), self_(std::make_shared<boot_timer*>(this))
{}

boot_timer::~boot_timer()
{
    *self_ = nullptr;
}

steady_point boot_timer::now() noexcept
{
    timespec t = {};
    ::clock_gettime(CLOCK_BOOTTIME, &t);
    return steady_point(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
}

task<boost::system::error_code> boot_timer::sleep_until(steady_point when)
{
    sleeper me(executor_, when);
    if (when <= now()) {
        me.wake();
        co_return co_await me.wait();
    }
    sleepers_.insert(me);
    arm();
    const auto ended = co_await me.wait();
    if (ended) { // cancelled: with nobody left the loop may end
        sleepers_.erase(sleepers_.iterator_to(me));
        if (sleepers_.empty() && watching_)
            timer_.cancel();
    }
    co_return ended;
}

/// Arming anew also clears what the timer has counted.
void boot_timer::arm()
{
    if (sleepers_.empty())
        return;
    const auto first = sleepers_.begin()->when;
    if (!watching_ || first < armed_for_) {
        const auto spec = in(first - now());
        ::timerfd_settime(timer_.native_handle(), 0, &spec, nullptr);
        armed_for_ = first;
    }
    watch();
}

void boot_timer::watch()
{
    if (watching_)
        return;
    watching_ = true;
    timer_.async_wait(timer_.wait_read, [self = self_](const boost::system::error_code&) {
        if (*self)
            (*self)->wake_due();
    });
}

/// Also after a cancellation: somebody may have gone to sleep since.
void boot_timer::wake_due()
{
    watching_ = false;
    const auto time = now();
    while (!sleepers_.empty() && sleepers_.begin()->when <= time) {
        auto& due = *sleepers_.begin();
        sleepers_.erase(sleepers_.begin());
        due.wake();
    }
    arm();
}

} // namespace ulak::async
