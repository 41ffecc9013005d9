// What is still to happen in a world, in the order of its time.
#pragma once

#include "core/wall_time.hpp"

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace ulak::sim {

/// Things due run when somebody looks, at the time that they were due for; nothing waits.
class timer_queue {
  public:
    using action = std::function<void(wall_point due)>;

    void schedule(wall_point when, action what);
    /// Runs all that is due, also what those add.
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
