// The key `at` of a schedule: one date and time.
#pragma once

#include "core/error.hpp"
#include "core/time_zone.hpp"

#include <string_view>

namespace ulak::job {

/// An RFC 3339 time, or a date and time of day in the zone ("2026-12-01 09:00", with or without seconds, from 1970 on).
/// Says whether daylight saving moved it. Anything else: errc::invalid_argument.
result<time_zone::instant> parse_instant(std::string_view text, const time_zone& zone);

} // namespace ulak::job
