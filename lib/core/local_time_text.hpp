// Times as people read them, in a time zone of their choice.
#pragma once

#include "core/wall_time.hpp"

#include <string>

namespace ulak {

/// "2026-11-23 09:00 Europe/Istanbul"; with seconds only where they are not zero.
std::string local_time_text(wall_point t, const time_zone& zone);

/// "2026-11-23T09:00:00+03:00"
std::string rfc3339_local(wall_point t, const time_zone& zone);

} // namespace ulak
