#include "job/until.hpp"

#include "core/text.hpp"
#include "job/detail/instant.hpp"
#include "job/window.hpp"

#include <string>

namespace ulak::job {

wall_point until::after(wall_point begun) const
{
    if (moment)
        return *moment;
    const auto today = zone.to_civil(begun);
    for (int day = 0;; ++day) {
        const auto date =
            std::chrono::sys_days(std::chrono::year(today.year) / today.month / today.day) + std::chrono::days(day);
        const auto local = time_zone::utc().to_civil(wall_point(date.time_since_epoch() + *time_of_day));
        if (const auto at = zone.to_instant(local).at; at > begun)
            return at;
    }
}

result<until> parse_until(std::string_view text, const time_zone& zone)
{
    until u;
    u.zone = zone;
    if (const auto of_day = parse_time_of_day(text)) {
        u.time_of_day = *of_day;
        return u;
    }
    const auto moment = parse_instant(text, zone);
    if (!moment)
        return error(errc::invalid_argument,
                     "\"" + printable(text, 40) + "\" is no time; write 20:00, or a date with it: 2026-12-01 20:00");
    u.moment = moment->at;
    return u;
}

} // namespace ulak::job
