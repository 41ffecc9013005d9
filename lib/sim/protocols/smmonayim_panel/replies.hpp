// What every part of the protocol answers with.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::smmonayim_panel {

/// HTTP 200 with {"error":…}, as the panel refuses everything.
http::reply refuse(std::string_view why);

} // namespace ulak::sim::smmonayim_panel
