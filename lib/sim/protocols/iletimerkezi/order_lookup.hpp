// Finds the order that a request names.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::iletimerkezi {

/// The send that "order": {"id": …} of the request names; null for an unknown one. `order` is set to the object, which
/// belongs to the call.
sms_queue* find_order(call& c, const boost::json::object*& order);

} // namespace ulak::sim::iletimerkezi
