// Wall time as people write it: RFC 3339, provider formats, and time zones with their daylight saving.
#pragma once

#include "core/error.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ulak {

using wall_point = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

wall_point to_wall(std::chrono::system_clock::time_point t) noexcept;
wall_point from_unix_ms(std::int64_t ms) noexcept;
std::int64_t unix_ms(wall_point t) noexcept;

/// "2026-11-22T09:00:01.456Z"
std::string rfc3339(wall_point t);
/// With or without fraction, "Z" or an offset. Without an offset: errc::invalid_argument.
result<wall_point> parse_rfc3339(std::string_view text);

/// A civil time without a zone.
struct civil {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    int weekday = 4; ///< 0 = Sunday; filled by conversions, ignored as input
    friend bool operator==(const civil&, const civil&) = default;
};

/// A zone of the system's tz database. Copies share the data.
class time_zone {
  public:
    /// "Europe/Istanbul". Unknown name, or data too thin to trust: errc::invalid_argument with the nearest names.
    static result<time_zone> find(std::string_view name);
    static time_zone utc();

    const std::string& name() const noexcept;
    civil to_civil(wall_point t) const;

    /// A civil time becomes an instant. In a gap: the instant at which the gap ends. In a fold: the first occurrence.
    enum class civil_match { exact, gap, fold };
    struct instant {
        wall_point at;
        civil_match match;
    };
    instant to_instant(const civil& local) const;

    friend bool operator==(const time_zone& a, const time_zone& b) { return a.name() == b.name(); }

  private:
    struct data;
    explicit time_zone(std::shared_ptr<const data> d);
    std::shared_ptr<const data> data_;
};

/// strftime-like for the two providers: only %Y %m %d %H %M %S are known.
std::string format_civil(const civil& local, std::string_view pattern);

/// "90s", "15m", "12h", "7d", "1h30m", "250ms". Zero is allowed. Errors say which unit letters exist.
result<std::chrono::milliseconds> parse_duration(std::string_view text);
/// Shortest form in the same letters: "1h30m", "90s" is "1m30s".
std::string duration_text(std::chrono::milliseconds d);

} // namespace ulak
