// What the store keeps of each job beside its runs: whether it is paused, and its last run.
#pragma once

#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// Reads the paused jobs and each job's last run into the shared state. An error is the disk's.
task<result<void>> load_job_settings(shared_state& shared);

/// Durable when it returns. errc::not_found: no such job; errc::unavailable: the disk, and nothing has changed.
task<result<void>> set_paused(shared_state& shared, std::string job, bool paused);

} // namespace ulak::engine
