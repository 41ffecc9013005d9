// The three descriptors that every program takes for granted.
#pragma once

namespace ulak {

/// Opens /dev/null for each of 0, 1 and 2 that the parent left closed. Otherwise the next file or socket gets that
/// number, and what is printed goes into it. First thing in main; ends the process where even that fails.
void open_standard_descriptors() noexcept;

} // namespace ulak
