// Timers of the kernel that a loop can watch.
#pragma once

#include <time.h>

namespace ulak::async {

/// A timerfd that never blocks; the caller closes it. Throws boost::system::system_error when the kernel has none left.
int open_kernel_timer(clockid_t clock);

} // namespace ulak::async
