// How runs wait: a cancellation wakes them, then they check their flags and go on.
#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"
#include "kinds/run_context.hpp"

#include <chrono>

namespace ulak::kinds {

/// Accepts further cancellations after one. Without it every later wait would end at once, and a run that still has to
/// give a number back must be able to wait.
task<> reset_cancellation();

/// Sleeps until `when`, or until the run is cancelled or stopped: check the flags afterwards. Returns at once when the
/// daemon stops.
task<> sleep_until(run_context& c, async::steady_point when);
task<> sleep_for(run_context& c, std::chrono::milliseconds d);

/// Sleeps until a wall time, however far away and however the wall clock is set meanwhile. Nothing comes by a clock
/// that is in doubt.
task<> sleep_until_wall(run_context& c, wall_point when);

/// Waits while a person holds the run; early on a cancellation or a stop.
task<> wait_while_paused(run_context& c);

/// Shows the run as `paused` with what it waits for, unless a person holds it, which is shown before all else.
task<> show_waiting(run_context& c, ledger::run_wait wait, std::string why);
/// Shows that it waits no longer for that.
task<> show_running(run_context& c);

/// Waits while the wall time is in doubt. False: the run was cancelled or stopped before that was over.
task<bool> wait_for_trusted_time(run_context& c);

} // namespace ulak::kinds
