// How runs wait: a cancellation is a wake-up, after which the run looks at its flags and goes on.
#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"
#include "kinds/run_context.hpp"

#include <chrono>

namespace ulak::kinds {

/// Takes note of a cancellation. Every wait that follows one would else end at once, and a run that has still to give a
/// number back must be able to wait again.
task<> reset_cancellation();

/// Sleeps until `when` or until somebody asks for the run's cancellation or for a stop: look at the flags afterwards.
/// Returns at once if the daemon stops.
task<> sleep_until(run_context& c, async::steady_point when);
task<> sleep_for(run_context& c, std::chrono::milliseconds d);

/// Until a wall time, however far away and however the wall clock jumps meanwhile.
task<> sleep_until_wall(run_context& c, wall_point when);

} // namespace ulak::kinds
