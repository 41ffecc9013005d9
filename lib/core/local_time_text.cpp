#include "core/local_time_text.hpp"

#include <fmt/format.h>

#include <chrono>

namespace ulak {

std::string local_time_text(wall_point t, const time_zone& zone)
{
    const civil local = zone.to_civil(t);
    return format_civil(local, local.second == 0 ? "%Y-%m-%d %H:%M" : "%Y-%m-%d %H:%M:%S") + " " + zone.name();
}

std::string rfc3339_local(wall_point t, const time_zone& zone)
{
    const civil local = zone.to_civil(t);
    const auto whole = std::chrono::floor<std::chrono::seconds>(t);
    const auto ahead = std::chrono::floor<std::chrono::minutes>(time_zone::utc().to_instant(local).at - whole);
    const auto minutes = ahead.count() < 0 ? -ahead.count() : ahead.count();
    return format_civil(local, "%Y-%m-%dT%H:%M:%S") +
           fmt::format("{}{:02}:{:02}", ahead.count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

} // namespace ulak
