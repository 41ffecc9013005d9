// Sends and cancels orders. Faults: no-balance, queue-id-missing, drops-number, undelivered, report-never-completes,
// cancel-refused.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::iletimerkezi {

/// Refuses the same order twice within ten minutes.
http::reply send_sms(call& c);
/// Only before the order is due.
http::reply cancel_order(call& c);

} // namespace ulak::sim::iletimerkezi
