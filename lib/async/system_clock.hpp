// The clock of the running daemon: the kernel's monotonic time and the machine's wall time.
#pragma once

#include "async/clock.hpp"

namespace ulak::async {

/// Sleeps stand still while the machine is suspended (CLOCK_MONOTONIC). The loop of the executor must be the one on
/// which the sleeping coroutines run.
class system_clock : public clock {
  public:
    explicit system_clock(executor ex) : executor_(ex) {}

    steady_point now() const override;
    wall_point wall_now() const override;
    task<boost::system::error_code> sleep_until(steady_point when) override;

  private:
    executor executor_;
};

/// The next point of the grid that all sleepers share, not earlier than `when`.
steady_point round_up_to_grid(steady_point when) noexcept;

} // namespace ulak::async
