// A row of the table of faults, which the help page shows and against which faults are checked.
#pragma once

#include <string_view>

namespace ulak::sim {

struct fault_kind {
    std::string_view name;
    std::string_view help; ///< what it does, and what its parameter means
};

} // namespace ulak::sim
