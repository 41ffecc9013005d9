// A moment of wall time, to the millisecond.
#pragma once

#include <chrono>
#include <cstdint>

namespace ulak {

/// What people and providers see; may jump when the machine's clock is set.
using wall_point = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Finer times are cut towards the past.
inline wall_point to_wall(std::chrono::system_clock::time_point t) noexcept
{
    return std::chrono::floor<std::chrono::milliseconds>(t);
}

/// Milliseconds since 1970, as the ledger stores them.
inline wall_point from_unix_ms(std::int64_t ms) noexcept
{
    return wall_point(std::chrono::milliseconds(ms));
}

inline std::int64_t unix_ms(wall_point t) noexcept
{
    return t.time_since_epoch().count();
}

} // namespace ulak
