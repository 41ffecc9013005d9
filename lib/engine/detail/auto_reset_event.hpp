// An event that one coroutine at a time waits for: a loop that sleeps until a time, or until there is something to do.
#pragma once

#include "async/clock.hpp"
#include "async/waiter.hpp"
#include "core/error.hpp"

#include <optional>

namespace ulak::engine {

/// On one loop thread. Setting it while nobody waits is kept for the next wait; setting it twice is once.
class auto_reset_event {
  public:
    explicit auto_reset_event(executor ex) : ex_(ex) {}

    void set();
    /// True: it was set; false: the time has come. Without a time there is no wake-up until it is set. Returns at once
    /// when the caller is cancelled.
    task<bool> wait(async::clock& time, std::optional<async::steady_point> until);

  private:
    task<result<void>> wait_until_set();

    executor ex_;
    bool is_set_ = false;
    async::wait_queue<> waiters_;
};

/// Waits in the line until woken. errc::timed_out: the deadline; errc::cancelled: the caller. The line may be destroyed
/// meanwhile.
task<result<void>> wait_in_line(async::wait_queue<>& line, async::clock& time, async::steady_point deadline);

} // namespace ulak::engine
