// Timers of the simulated time. Nothing waits: they run when the time is moved.
#pragma once

#include "core/wall_time.hpp"

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace ulak::sim {

/// Timers of one moment run in the order in which they were added.
class timer_queue {
  public:
    using action = std::function<void(wall_point due)>;

    void schedule(wall_point when, action run);
    /// Runs every timer that is due by now, also those that these add. Each gets the time that it was due at.
    void run_due(wall_point now);
    std::size_t size() const noexcept { return timers_.size(); }

  private:
    struct timer {
        wall_point when;
        std::uint64_t sequence;
        action run;
        bool operator<(const timer& other) const
        {
            return when != other.when ? when > other.when : sequence > other.sequence;
        }
    };

    std::uint64_t next_sequence_ = 0;
    std::priority_queue<timer> timers_{};
};

} // namespace ulak::sim
