// What an order of Tamonay says about its SMS.
#pragma once

#include "providers/detail/json.hpp"
#include "providers/tamonay/wire.hpp"

namespace ulak::providers::tamonay::wire {

/// A code counts whatever the status says; an unknown status is waiting. An order that has received its SMS and shows
/// none is paid for, and will not change: unreadable.
number_status number_status_of(const json_value& body, const status_vocabulary& words);

} // namespace ulak::providers::tamonay::wire
