// Memory for secrets: not swapped, not in core files, not in forked children.
#pragma once

#include <memory_resource>

namespace ulak {

/// Lives as long as the process. Not for two threads at once. Give memory back empty: nothing is overwritten here.
std::pmr::memory_resource& locked_memory();

/// False where the machine let less be locked than was asked for (`ulimit -l`, LimitMEMLOCK=); the rest may be swapped.
bool all_memory_was_locked() noexcept;

} // namespace ulak
