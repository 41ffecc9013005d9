// Settles what a crash left behind, before anything new begins, and puts unfinished runs back to work.
#pragma once

#include "engine/detail/held_runs.hpp"
#include "engine/detail/run_factory.hpp"
#include "engine/detail/runner.hpp"

namespace ulak::engine {

/// Settles all open effects in one commit (see settle_open), then restores every run that is not final by its stored
/// definition. A run whose definition cannot be prepared any more ends: as failed, or as attention if it had bought
/// anything. A run whose account changed waits (see held_runs). Runs that are in memory are left alone. After an error,
/// call it again.
task<result<void>> recover(shared_state& shared, runner& runs, const run_factory& factory, held_runs& held);

/// Puts those back to work that need not wait any longer, after their accounts changed again.
task<result<void>> resume_held(shared_state& shared, runner& runs, const run_factory& factory, held_runs& held);

} // namespace ulak::engine
