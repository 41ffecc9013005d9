// A clock that moves on request, for tests: twenty minutes take milliseconds.
#pragma once

#include "async/clock.hpp"
#include "async/waiter.hpp"

#include <boost/intrusive/set.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace ulak::async {

/// Belongs to one loop and its thread. Sleeps end exactly at their time, without the grid of the real clock.
class manual_clock : public clock {
  public:
    manual_clock(executor ex, wall_point start);

    steady_point now() const override { return now_; }
    wall_point read_wall() const override;
    std::string boot_id() const override { return "boot-" + std::to_string(boots_); }
    bool synchronised() const override { return synchronised_; }
    task<boost::system::error_code> sleep_until(steady_point when) override;
    task<boost::system::error_code> wait_until_set() override;

    /// Moves both times on. Stops at every deadline on the way, wakes its sleepers and runs the loop until it is idle
    /// before it goes further, so that a coroutine that sleeps again is served inside the same call. Must not be called
    /// from a coroutine of that loop. Throws std::logic_error when the loop never becomes idle: a coroutine spins.
    void advance(std::chrono::milliseconds by);

    /// The machine sleeps so long: both times go on, and nobody runs before the end. Then those that are due are woken
    /// at once, as by `advance`.
    void suspend(std::chrono::milliseconds d);

    /// Moves only the wall time, back or forth, as an administrator or NTP would. Wakes no sleeper.
    void jump_wall(std::chrono::milliseconds by);

    /// The machine starts anew after having been off so long, with a wall clock that went on. Whoever sleeps belongs to
    /// processes that are gone, and must never be woken any more.
    void reboot(std::chrono::milliseconds off);

    void set_synchronised(bool yes) { synchronised_ = yes; }

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
    void wake_set_waiters();

    executor executor_;
    steady_point now_;
    wall_point wall_start_;
    std::chrono::milliseconds wall_offset_{0};
    int boots_ = 1;
    bool synchronised_ = false;
    bool was_set_ = false; ///< nobody has heard of it yet
    boost::intrusive::multiset<sleeper, boost::intrusive::constant_time_size<false>> sleepers_;
    wait_queue<> set_waiters_{};
};

} // namespace ulak::async
