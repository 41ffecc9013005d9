// Times in tests, as they are read aloud.
#pragma once

#include "core/wall_time.hpp"
#include "job/schedule.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ulak::job {

inline wall_point at(std::string_view rfc)
{
    return parse_rfc3339(rfc).value();
}

inline time_zone zone(std::string_view name)
{
    return time_zone::find(name).value();
}

/// The next firings in UTC, as "2026-03-29T01:00:00.000Z".
inline std::vector<std::string> firings(std::string_view expression, std::string_view after, std::string_view where,
                                        int count)
{
    auto parsed = cron::parse(expression).value();
    auto there = zone(where);
    std::vector<std::string> out;
    auto mark = at(after);
    for (int i = 0; i < count; ++i) {
        auto f = parsed.next(mark, there);
        if (!f)
            break;
        out.push_back(rfc3339(f->at).substr(0, 16));
        mark = f->at;
    }
    return out;
}

} // namespace ulak::job
