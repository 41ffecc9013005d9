// Orders and their status. Faults: order-partial, order-canceled, order-stuck, order-missing, active-link,
// status-word, price, charged-twice, refund-missing.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::smmonayim_panel {

/// Checks the order and the money, and places it.
http::reply add(call& c);
/// The status of one order, or of up to a hundred.
http::reply status(call& c);

} // namespace ulak::sim::smmonayim_panel
