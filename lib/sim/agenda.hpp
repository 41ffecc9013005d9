// What is still to happen in a world, in the order of its time.
#pragma once

#include "core/wall_time.hpp"

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace ulak::sim {

/// Things due run when somebody looks, at the time that they were due for; nothing waits.
class agenda {
  public:
    using action = std::function<void(wall_point due)>;

    void at(wall_point when, action what);
    /// Runs all that is due, also what those add.
    void advance(wall_point now);
    std::size_t size() const noexcept { return waiting_.size(); }

  private:
    struct item {
        wall_point when;
        std::uint64_t order;
        action what;
        bool operator<(const item& other) const { return when != other.when ? when > other.when : order > other.order; }
    };

    std::uint64_t added_ = 0;
    std::priority_queue<item> waiting_{};
};

} // namespace ulak::sim
