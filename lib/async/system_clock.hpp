// The clock of the running daemon: the kernel's time since the machine started, and the machine's wall time.
#pragma once

#include "async/boot_timer.hpp"
#include "async/clock.hpp"
#include "async/wall_watch.hpp"

#include <string>

namespace ulak::async {

/// Sleeps go on while the machine is suspended (CLOCK_BOOTTIME). The loop of the executor must be the one on which the
/// sleeping coroutines run. Throws boost::system::system_error when the kernel has no timers left.
class system_clock : public clock {
  public:
    explicit system_clock(executor ex);

    steady_point now() const override;
    wall_point read_wall() const override;
    std::string boot_id() const override { return boot_id_; }
    bool synchronised() const override;
    task<boost::system::error_code> sleep_until(steady_point when) override;
    task<boost::system::error_code> wait_until_set() override { return wall_watch_.wait(); }

  private:
    boot_timer timer_;
    wall_watch wall_watch_;
    std::string boot_id_;
};

/// The next point of the grid that all sleepers share, not earlier than `when`.
steady_point round_up_to_grid(steady_point when) noexcept;

} // namespace ulak::async
