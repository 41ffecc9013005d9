// The services that can be rented, and the operations that list them.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::tamonay {

/// Four services in two categories, one of them sold out.
number_catalog make_catalog();

http::reply categories(call& c);
http::reply services(call& c);
http::reply category_services(call& c);

} // namespace ulak::sim::tamonay
