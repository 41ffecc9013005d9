// Durations as people write them in settings, and as messages show them.
#pragma once

#include "core/error.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace ulak {

/// "90s", "15m", "12h", "7d", "1h30m", "250ms": whole numbers, units from large to small, each once. Zero is allowed.
/// Anything else, and more than a hundred years: errc::invalid_argument with the units that exist.
result<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Shortest form in the same units: "1h30m", "90s" is "1m30s", zero is "0s". Negative ones begin with "-".
std::string duration_text(std::chrono::milliseconds d);

} // namespace ulak
