// Wall time as text, in the form of RFC 3339: what JSON, logs and the command line use.
#pragma once

#include "core/error.hpp"
#include "core/wall_point.hpp"

#include <string>
#include <string_view>

namespace ulak {

/// "2026-11-22T09:00:01.456Z": always UTC, always with milliseconds.
std::string rfc3339(wall_point t);

/// With or without fraction (cut to milliseconds), "Z" or an offset. Without an offset, or anything else:
/// errc::invalid_argument.
result<wall_point> parse_rfc3339(std::string_view text);

} // namespace ulak
