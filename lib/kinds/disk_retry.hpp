// One retry for commits that the disk refuses: what is true already only has to be written.
#pragma once

#include "async/task.hpp"
#include "core/error.hpp"

#include <functional>

namespace ulak::kinds {

class run_context;

enum class on_stop {
    give_up,    ///< the run leaves, and does it again after the next start
    keep_trying ///< the outcome of a purchase: only this process knows it
};

/// Makes the attempt again with growing waits while it fails with errc::unavailable; any other result comes back.
/// errc::cancelled: the daemon stops and the policy gives up.
task<result<void>> retry_while_disk_refuses(run_context& c, on_stop policy,
                                            std::function<task<result<void>>()> attempt);

} // namespace ulak::kinds
