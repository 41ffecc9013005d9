// Rented numbers: ordered, polled for their code, cancelled.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::smmonayim_numbers {

http::reply get_number(call& c);
/// Shows the code in the shape that the call's faults ask for: code-null, code-empty, code-string, code-raw-zero,
/// code-text-message; an integer without a fault.
http::reply get_message(call& c);
http::reply cancel_number(call& c);
http::reply get_balance(call& c);

} // namespace ulak::sim::smmonayim_numbers
