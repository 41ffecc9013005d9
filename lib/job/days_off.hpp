// Days on which nobody is messaged, whatever the hour.
#pragma once

#include "core/civil.hpp"
#include "core/error.hpp"

#include <chrono>
#include <set>
#include <string_view>
#include <utility>

namespace ulak::job {

/// Written for the public holidays of Turkey, whole days alone.
inline constexpr std::string_view turkish_holidays_word = "holidays-tr";
/// The last year whose religious holidays `holidays-tr` knows.
inline constexpr int last_known_holidays = 2030;
/// Of a span such as 2027-03-09..2027-03-11.
inline constexpr std::chrono::days longest_days_off(366);

class days_off {
  public:
    /// "2027-03-09", "2027-03-09..2027-03-11", "10-29" (of every year) or "holidays-tr". errc::invalid_argument: the
    /// text is none of them, or no day of the calendar.
    result<void> add(std::string_view text);
    /// A day a line, whatever follows it after a blank, a comma or a semicolon; empty lines and those that begin with #
    /// are passed over. errc::invalid_argument names the line.
    result<void> add_lines(std::string_view text);

    /// Looks at year, month and day alone.
    bool contains(const civil& local) const;
    bool empty() const noexcept { return dates_.empty() && yearly_.empty(); }

  private:
    result<void> add_span(std::string_view first, std::string_view last);

    std::set<std::chrono::sys_days> dates_{};
    std::set<std::pair<int, int>> yearly_{}; ///< month, day
};

} // namespace ulak::job
