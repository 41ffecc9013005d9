// SMMOnayim v2: an SMM panel. One address, form fields, the action in a field; errors are HTTP 200 with {"error"}.
#pragma once

#include "sim/call.hpp"

namespace ulak::sim::panel {

std::vector<std::string> operations();
/// "services", "add", "status", "balance" or "unknown"; reads the form.
std::string operation_of(call& c);
std::string safe_path(const call& c);
http::reply serve(call& c);

} // namespace ulak::sim::panel
