// Settles what a crash left behind, before anything new begins, and puts unfinished runs back to work.
#pragma once

#include "engine/detail/run_factory.hpp"
#include "engine/detail/runner.hpp"

namespace ulak::engine {

/// Settles all open effects in one commit (see settle_open), then restores every run that is not final by its stored
/// definition. A run whose definition cannot be prepared any more ends: as failed, or as attention if it had bought
/// anything. Runs that are in memory are left alone. After an error, call it again.
task<result<void>> recover(shared_state& shared, runner& runs, const run_factory& factory);

} // namespace ulak::engine
