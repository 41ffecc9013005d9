// The services that can be ordered, and the money for them.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::smmonayim_panel {

/// Three services: two by quantity, one with comments.
std::vector<panel_service> make_services();

http::reply services(call& c);
http::reply balance(call& c);

} // namespace ulak::sim::smmonayim_panel
