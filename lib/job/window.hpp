// The hours and days in which messages may be sent.
#pragma once

#include "core/error.hpp"
#include "core/wall_time.hpp"
#include "job/days_off.hpp"

#include <array>
#include <chrono>
#include <memory>

namespace ulak::job {

/// From `from` until just before `to` on the marked days; `to` before `from` runs over midnight.
struct window {
    std::chrono::minutes from{0};
    std::chrono::minutes to{24 * 60};
    std::array<bool, 7> days{true, true, true, true, true, true, true}; ///< 0 = Sunday
    time_zone zone = time_zone::utc();
    std::shared_ptr<const days_off> not_on{}; ///< days on which it does not open; null: none

    /// A window over midnight belongs to the day on which it opens.
    bool is_open(wall_point t) const;
    /// `t` itself if it is open, else the start of the next opening. nullopt: no day is marked, or no opening comes
    /// within the longest stretch that days off can make.
    std::optional<wall_point> next_open(wall_point t) const;
    /// When the opening of `t` ends, and where it goes on without a break, when that one does; `t` itself if it is
    /// closed. nullopt: not within the days that are looked at.
    std::optional<wall_point> next_close(wall_point t) const;

  private:
    bool opens_on(wall_point t, int days_before) const;
    int days_ahead() const;
};

/// "09:00" … "24:00"; anything else: errc::invalid_argument.
result<std::chrono::minutes> parse_time_of_day(std::string_view text);
/// "mon", "mon-fri", "fri-mon"; case does not count. None, or another word: errc::invalid_argument.
result<std::array<bool, 7>> parse_days(const std::vector<std::string>& words);

} // namespace ulak::job
