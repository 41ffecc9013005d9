// SMMOnayim v2: an SMM panel. One address, form fields, the action in a field; errors are HTTP 200 with {"error"}.
#pragma once

#include "sim/protocol_descriptor.hpp"

namespace ulak::sim::smmonayim_panel {

const protocol_descriptor& descriptor();

} // namespace ulak::sim::smmonayim_panel
