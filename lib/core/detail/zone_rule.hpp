// The rule at the end of a compiled time zone file: daylight saving in the years behind its last transition. libdate reads
// the transitions alone, and <date/ptz.h>, which would read the rule, does not compile as C++20.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace ulak {

/// A stretch of time with one offset from UTC.
struct zone_period {
    std::chrono::sys_seconds begin{}, end{}; ///< `end` is the first moment behind it
    std::chrono::seconds offset{};
};

/// "CET-1CEST,M3.5.0,M10.5.0/3" (RFC 9636 section 3.3): two changes a year, each on a weekday of a week of a month. Pure.
class zone_rule {
  public:
    /// nullopt: not of this form.
    static std::optional<zone_rule> parse(std::string_view text);

    zone_period at(std::chrono::sys_seconds t) const;

    /// A day of the year and the time on it, which may lie before midnight or days later.
    struct change {
        unsigned month = 1, week = 1, weekday = 0; ///< week 5: the last one
        std::chrono::seconds time{};
    };

  private:
    std::chrono::seconds standard_{}, daylight_{};
    change begins_{}, ends_{}; ///< of daylight saving
};

} // namespace ulak
