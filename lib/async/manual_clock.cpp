#include "async/manual_clock.hpp"

#include <algorithm>
#include <stdexcept>

namespace ulak::async {
namespace {

// Not zero, so that a time point that was never set does not look like now.
constexpr steady_point first_time{std::chrono::hours(24)};
constexpr steady_point first_time_after_boot{std::chrono::seconds(20)};

// More handlers than any test runs between two deadlines.
constexpr std::size_t max_handlers = 10'000'000;

} // namespace

manual_clock::manual_clock(executor ex, wall_point start) : executor_(ex), now_(first_time), wall_start_(start) {}

wall_point manual_clock::read_wall() const
{
    return wall_start_ + std::chrono::floor<std::chrono::milliseconds>(now_ - first_time) + wall_offset_;
}

task<boost::system::error_code> manual_clock::sleep_until(steady_point when)
{
    sleeper me(executor_, when);
    if (when <= now_)
        me.wake();
    else
        sleepers_.insert(me);
    co_return co_await me.wait();
}

task<boost::system::error_code> manual_clock::wait_until_set()
{
    waiter me(executor_);
    set_waiters_.push_back(me);
    if (was_set_)
        me.wake();
    const auto ended = co_await me.wait();
    if (!ended)
        was_set_ = false;
    co_return ended;
}

void manual_clock::wake_set_waiters()
{
    was_set_ = true;
    for (auto& one : set_waiters_)
        one.wake();
}

void manual_clock::jump_wall(std::chrono::milliseconds by)
{
    wall_offset_ += by;
    wake_set_waiters();
}

void manual_clock::suspend(std::chrono::milliseconds d)
{
    run_until_idle();
    now_ += d;
    wake_set_waiters();
    wake_due();
    run_until_idle();
}

void manual_clock::reboot(std::chrono::milliseconds off)
{
    const auto wall = read_wall() + off;
    sleepers_.clear();
    set_waiters_.clear();
    ++boots_;
    now_ = first_time_after_boot;
    wall_offset_ += wall - read_wall();
}

void manual_clock::wake_due()
{
    while (!sleepers_.empty() && sleepers_.begin()->when <= now_) {
        auto& due = *sleepers_.begin();
        sleepers_.erase(sleepers_.begin());
        due.wake();
    }
}

void manual_clock::run_until_idle()
{
    auto& loop = executor_.context();
    if (loop.stopped())
        loop.restart();
    for (std::size_t turn = 0; loop.poll_one() > 0; ++turn)
        if (turn == max_handlers)
            throw std::logic_error("the loop does not come to rest at one moment of the manual clock");
}

void manual_clock::advance(std::chrono::milliseconds by)
{
    const auto target = now_ + by;
    run_until_idle();
    while (!sleepers_.empty() && sleepers_.begin()->when <= target) {
        now_ = std::max(now_, sleepers_.begin()->when);
        wake_due();
        run_until_idle();
    }
    now_ = target;
    run_until_idle();
}

} // namespace ulak::async
