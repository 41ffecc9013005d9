// Keeps SIGPIPE away from the process while a descriptor is written that may have lost its reader.
#pragma once

#include <signal.h>

namespace ulak::events {

/// Blocks SIGPIPE on this thread while it lives, and takes the one that a write raised out of the queue, whatever the
/// process does with that signal. One that was pending before stays pending.
class sigpipe_guard {
  public:
    sigpipe_guard();
    ~sigpipe_guard();
    sigpipe_guard(const sigpipe_guard&) = delete;
    sigpipe_guard& operator=(const sigpipe_guard&) = delete;

    /// A write failed with EPIPE, so the signal is pending now.
    void raised() noexcept { raised_ = true; }

  private:
    sigset_t sigpipe_{}, before_{};
    bool was_pending_ = false, raised_ = false;
};

} // namespace ulak::events
