// The engine's components, built in the order of their dependencies.
#pragma once

#include "engine/detail/held_runs.hpp"
#include "engine/detail/job_viewer.hpp"
#include "engine/detail/kind_tasks.hpp"
#include "engine/detail/outbox.hpp"
#include "engine/detail/purger.hpp"
#include "engine/detail/reloader.hpp"
#include "engine/detail/run_canceller.hpp"
#include "engine/detail/run_pauser.hpp"
#include "engine/detail/run_starter.hpp"
#include "engine/detail/scheduler.hpp"

namespace ulak::engine {

/// Spawned coroutines point into this.
struct components {
    explicit components(dependencies d);
    bool idle() const noexcept { return shared.run_tasks.size() == 0 && shared.background_tasks.size() == 0; }

    shared_state shared;
    run_factory factory;
    runner runs;
    held_runs held;
    run_starter starter;
    run_canceller canceller;
    run_pauser pauser;
    scheduler schedules;
    reloader files;
    job_viewer viewer;
    outbox notices;
    purger purges;
    kind_tasks kind_work;
};

} // namespace ulak::engine
