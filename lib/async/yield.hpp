// Lets others on the loop go first.
#pragma once

#include "async/task.hpp"

namespace ulak::async {

/// Goes on at a later turn of the loop, behind what is ready now. Between the slices of long work, so that it holds
/// nobody up. A cancellation changes nothing.
task<> yield();

} // namespace ulak::async
