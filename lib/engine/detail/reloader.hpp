// Reads the job files anew, with the configuration as it is or with another one.
#pragma once

#include "engine/detail/scheduler.hpp"

#include <vector>

namespace ulak::engine {

class reloader {
  public:
    reloader(shared_state& shared, scheduler& schedules) : shared_(shared), schedules_(schedules) {}

    /// `arm`: the schedules are in force and take the changes over; before recovery they are not. What was read is in
    /// force even if the disk then refuses to record it.
    task<result<std::vector<file_change>>> reload(bool dry_run, bool arm);
    /// See engine::reconfigure.
    task<result<std::vector<file_change>>> reconfigure(bool dry_run, bool arm, configuration c);

    /// Publishes what changed.
    task<result<void>> record(const std::vector<file_change>& changes);

  private:
    shared_state& shared_;
    scheduler& schedules_;
};

} // namespace ulak::engine
