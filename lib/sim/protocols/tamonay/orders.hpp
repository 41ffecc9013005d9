// Rented numbers: ordered, listed, shown. The state that an order shows is the one of the last update-status.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::tamonay {

http::reply order(call& c);
http::reply orders(call& c);
http::reply order_detail(call& c);
http::reply update_status(call& c);

} // namespace ulak::sim::tamonay
