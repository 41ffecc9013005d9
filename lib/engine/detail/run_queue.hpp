// Runs that are stored as queued and wait for their time or for a slot of their job.
#pragma once

#include "engine/detail/active_run.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::engine {

/// Oldest first: ids sort by time.
class run_queue {
  public:
    void add(active_ptr run) { waiting_[run->id()] = std::move(run); }
    void remove(const std::string& id) { waiting_.erase(id); }

    bool contains(const std::string& id) const { return waiting_.contains(id); }
    bool empty() const noexcept { return waiting_.empty(); }
    std::size_t size() const noexcept { return waiting_.size(); }
    std::size_t count(const std::string& job) const;

    /// Runs whose time has come, whether a slot is free or not.
    std::vector<active_ptr> due(wall_point now) const;
    /// Runs whose firing lies beyond that: a clock that was ahead has made them.
    std::vector<active_ptr> due_beyond(wall_point latest) const;
    /// When the next delayed run becomes due; those that wait for a slot are left out.
    std::optional<wall_point> next_due_after(wall_point now) const;

  private:
    std::map<std::string, active_ptr> waiting_{};
};

} // namespace ulak::engine
