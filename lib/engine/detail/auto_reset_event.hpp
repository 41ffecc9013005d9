// A bell for one sleeper: a loop of the engine that waits for a time, or until there is something to do.
#pragma once

#include "async/clock.hpp"
#include "async/waiter.hpp"
#include "core/error.hpp"

#include <optional>

namespace ulak::engine {

/// One loop thread, one waiting coroutine at a time. A ring while nobody waits is kept for the next wait; many are one.
class auto_reset_event {
  public:
    explicit auto_reset_event(executor ex) : ex_(ex) {}

    void set();
    /// Until it rings (true), or the time has come (false). Without a time: no wake-up at all until it rings. Returns
    /// at once when the caller is cancelled.
    task<bool> wait(async::clock& time, std::optional<async::steady_point> until);

  private:
    task<result<void>> wait_until_set();

    executor ex_;
    bool is_set_ = false;
    async::wait_queue<> waiters_;
};

/// Waits in the line until woken: errc::timed_out at the deadline, errc::cancelled with the caller. The line may die
/// meanwhile.
task<result<void>> wait_in_line(async::wait_queue<>& line, async::clock& time, async::steady_point deadline);

/// Carries the work through whatever becomes of the caller's cancellation.
task<> shielded(task<> work);

} // namespace ulak::engine
