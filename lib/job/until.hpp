// A moment by which something has to be done, as a job file says it.
#pragma once

#include "core/error.hpp"
#include "core/wall_time.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace ulak::job {

/// Exactly one of the two is set.
struct until {
    std::optional<std::chrono::minutes> time_of_day{}; ///< the first such time after the beginning
    std::optional<wall_point> moment{};
    time_zone zone = time_zone::utc();

    /// A time of day that daylight saving skips comes when the clocks go on.
    wall_point after(wall_point begun) const;
};

/// "20:00", "2026-12-01 20:00" in the zone, or an RFC 3339 time. Anything else: errc::invalid_argument.
result<until> parse_until(std::string_view text, const time_zone& zone);

} // namespace ulak::job
