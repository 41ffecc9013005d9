// The end of a stop that does not end by itself.
#pragma once

#include <chrono>

namespace ulak::daemon {

/// Ends the process with status 1 after that time, whatever it waits for then: the loop, a thread, the disk. What the
/// store was given is on disk, and the next start goes on from there. A limit that was set before is only ever
/// shortened.
void end_process_after(std::chrono::seconds limit);

} // namespace ulak::daemon
