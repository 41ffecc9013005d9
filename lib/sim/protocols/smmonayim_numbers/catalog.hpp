// The services that can be rented, and the operations that list them without a key.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::smmonayim_numbers {

/// Four services in three categories, one of them sold out.
number_catalog make_catalog();

http::reply categories(call& c);
http::reply services(call& c);
/// The document answers one id with an array of two. Faults: details-object, details-alone, details-array.
http::reply service_details(call& c);

} // namespace ulak::sim::smmonayim_numbers
