// Reads from an order of Tamonay what became of its SMS.
#pragma once

#include "providers/detail/json_value.hpp"
#include "providers/tamonay/read.hpp"

namespace ulak::providers::tamonay::wire {

/// A code counts whatever the status says. An unknown status is waiting. An order that has received its SMS and shows
/// none is paid for and will not change: unreadable.
number_status number_status_of(const json_value& body, const status_vocabulary& words);

} // namespace ulak::providers::tamonay::wire
