// Time as a dependency. Everything that waits or stamps uses a clock, so that tests run twenty minutes in five
// milliseconds.
#pragma once

#include "async/task.hpp"
#include "core/wall_time.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>

namespace ulak::async {

using steady_point = std::chrono::steady_clock::time_point;

/// Belongs to one loop and its thread. Everything that waits with it must end before it does.
class clock {
  public:
    virtual ~clock() = default;

    virtual steady_point now() const = 0;    ///< monotonic; deadlines and pace
    virtual wall_point wall_now() const = 0; ///< what people and providers see; may jump

    /// Returns no error when the time has come and `operation_aborted` when cancelled, also when the coroutine was
    /// cancelled before the call: a signal is given once, and a loop must not sleep past it. Never throws for either. A
    /// time in the past returns at the next turn of the loop. Wake-ups are rounded up to a grid of 10 ms that all
    /// sleepers share, so that one wake-up of the process serves many of them.
    virtual task<boost::system::error_code> sleep_until(steady_point when) = 0;

    /// As sleep_until, counted from now.
    task<boost::system::error_code> sleep_for(std::chrono::nanoseconds d) { return sleep_until(now() + d); }
};

} // namespace ulak::async
