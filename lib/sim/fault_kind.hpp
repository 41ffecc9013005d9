// What can go wrong on order: one line of the table that the help page shows and that faults are checked against.
#pragma once

#include <string_view>

namespace ulak::sim {

struct fault_kind {
    std::string_view name;
    std::string_view help; ///< what it does, and what its parameter means
};

} // namespace ulak::sim
