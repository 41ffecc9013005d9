// Cron expressions in a time zone, through daylight saving. Pure.
#pragma once

#include "core/error.hpp"
#include "core/time_zone.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::job {

/// Five fields with names, lists, ranges and steps, or @hourly @daily @weekly @monthly @yearly. Day of month and day of
/// week both restricted: either fits, as in every cron.
class cron {
  public:
    /// errc::invalid_argument with the name of every bad field and what it allows.
    static result<cron> parse(std::string_view text);
    const std::string& text() const noexcept { return text_; } ///< as it was written
    /// Steps that start anew each hour or day, and so do not mean what they seem to.
    const std::optional<std::string>& warning() const noexcept { return warning_; }

    /// A moment at which the expression fires. `match` says what daylight saving did to it.
    struct firing {
        wall_point at;
        time_zone::civil_match match;
    };

    /// The first firing after `after`. An hour of `*` follows real time: it fires in both hours of a fold, and has nothing
    /// to make up for in a gap. With every other hour, `*/n` as well, a time in a gap fires at the gap's end and a time
    /// in a fold at its first occurrence only. nullopt if there is none within eight years (30 February).
    std::optional<firing> next(wall_point after, const time_zone& zone) const;

  private:
    cron() = default;
    bool matches_day(const civil& t) const;
    bool advance_to_match(civil& t, int last_year) const;
    std::optional<firing> next_on_the_clock(wall_point after, const time_zone& zone) const;
    std::optional<firing> next_in_real_time(wall_point after, const time_zone& zone) const;

    std::string text_;
    std::optional<std::string> warning_;
    std::uint64_t minutes_ = 0;
    std::uint32_t hours_ = 0, days_ = 0, months_ = 0, weekdays_ = 0;
    bool any_day_ = true, any_weekday_ = true, any_hour_ = true;
};

} // namespace ulak::job
