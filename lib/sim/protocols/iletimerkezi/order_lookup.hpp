// Finds the order that a request names.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::iletimerkezi {

/// The send of "order": {"id": …} in the request, and the "order" object itself, which outlives the call no longer than
/// its body. Null for an unknown one.
sms_queue* find_order(call& c, const boost::json::object*& order);

} // namespace ulak::sim::iletimerkezi
