// SMMOnayim v1: numbers, with the key as a segment of the path. GET and POST are both taken.
#pragma once

#include "sim/call.hpp"

namespace ulak::sim::numbers {

std::vector<std::string> operations();
/// "getCategories", "getServices", "getServiceDetails", "getNumber", "getMessage", "cancelNumber", "getBalance" or
/// "unknown".
std::string operation_of(call& c);
std::string safe_path(const call& c); ///< with "***" for the key
http::reply serve(call& c);

} // namespace ulak::sim::numbers
