// The table of every fault that can be injected.
#pragma once

#include "sim/fault_kind.hpp"

#include <string_view>
#include <vector>

namespace ulak::sim {

/// Every word that `fault::kind` may be beside the HTTP statuses: what any call can meet, what several protocols share,
/// and what each protocol of the registry adds.
const std::vector<fault_kind>& fault_kinds();

/// An HTTP status from 200 to 599, with or without "-after".
bool is_status_fault(std::string_view kind);

/// A word of the table or a status.
bool is_known_fault(std::string_view kind);

} // namespace ulak::sim
