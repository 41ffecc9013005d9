// Dates as the Turkish providers write them, at GMT+3 all year, as Turkey has had it since 2016.
#pragma once

#include "core/wall_time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ulak::sim {

std::string turkish_time(wall_point t); ///< "2017-07-21 00:13:51"
/// Reads exactly the digits and signs of a pattern like "Y-m-d H:i:s", "d/m/Y H:i" or "Y-m-d"; nullopt for any other
/// text, and for a date that does not exist.
std::optional<wall_point> parse_turkish_time(std::string_view text, std::string_view pattern);
std::string laravel_time(wall_point t); ///< "2023-01-01T12:00:00.000000Z"

} // namespace ulak::sim
