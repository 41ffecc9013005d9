// A clock that moves on request, for tests: twenty minutes take milliseconds.
#pragma once

#include "async/clock.hpp"
#include "async/waiter.hpp"

#include <boost/intrusive/set.hpp>

#include <chrono>
#include <cstddef>

namespace ulak::async {

/// Belongs to one loop and its thread. Sleeps end exactly at their time, without the grid of the real clock.
class manual_clock : public clock {
  public:
    manual_clock(executor ex, wall_point start);

    steady_point now() const override { return now_; }
    wall_point wall_now() const override;
    task<boost::system::error_code> sleep_until(steady_point when) override;

    /// Moves both times on. Stops at every deadline on the way, wakes its sleepers and runs the loop until it is idle
    /// before it goes further, so that a coroutine that sleeps again is served inside the same call. Must not be called
    /// from a coroutine of that loop. Throws std::logic_error when the loop never becomes idle: a coroutine spins.
    void advance(std::chrono::milliseconds by);

    /// Moves only the wall time, back or forth, as an administrator or NTP would. Wakes no sleeper.
    void jump_wall(std::chrono::milliseconds by) { wall_offset_ += by; }

    /// How many coroutines are asleep.
    std::size_t sleepers() const { return sleepers_.size(); }

    /// Runs the loop until nothing is left to do at the current time.
    void run_until_idle();

  private:
    struct sleeper : waiter,
                     boost::intrusive::set_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
        sleeper(executor ex, steady_point when_) : waiter(ex), when(when_) {}
        friend bool operator<(const sleeper& a, const sleeper& b) noexcept { return a.when < b.when; }
        steady_point when;
    };

    void wake_due();

    executor executor_;
    steady_point now_;
    wall_point wall_start_;
    std::chrono::milliseconds wall_offset_{0};
    boost::intrusive::multiset<sleeper, boost::intrusive::constant_time_size<false>> sleepers_;
};

} // namespace ulak::async
