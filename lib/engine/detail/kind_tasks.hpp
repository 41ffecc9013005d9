// Background tasks of the kinds: started with the engine, called when they are due, stopped with it.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <memory>
#include <vector>

namespace ulak::engine {

/// Must outlive the loops that it spawns among the engine's background tasks.
class kind_tasks {
  public:
    explicit kind_tasks(shared_state& shared) : shared_(shared) {}

    /// Makes the task of every kind that declares one, and runs it until the engine stops. Called once.
    void start();

  private:
    task<> run(kinds::background_task& one, auto_reset_event& wakeup);
    kinds::background_services services() const;

    shared_state& shared_;
    std::vector<std::unique_ptr<kinds::background_task>> tasks_{};
};

} // namespace ulak::engine
