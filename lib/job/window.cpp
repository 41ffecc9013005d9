#include "job/window.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <string>

namespace ulak::job {
namespace {

using std::chrono::minutes;

constexpr int week_ahead = 8; // a window of one day, asked just after it closed
/// With days off: a year of them, and the week after.
constexpr int year_ahead = static_cast<int>(longest_days_off.count()) + week_ahead;
constexpr std::array<std::string_view, 7> day_names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::size_t index(int weekday) noexcept
{
    return static_cast<std::size_t>((weekday + 7) % 7);
}

/// The instant of a time of day on the day `days_later` after `today`.
wall_point civil_start(const civil& today, int days_later, minutes of_day, const time_zone& zone)
{
    auto date =
        std::chrono::sys_days(std::chrono::year(today.year) / today.month / today.day) + std::chrono::days(days_later);
    auto at = time_zone::utc().to_civil(wall_point(date.time_since_epoch() + of_day));
    return zone.to_instant(at).at;
}

/// Asks minute by minute: on a day that daylight saving makes longer or shorter, the window may open twice or late.
std::optional<wall_point> first_open_minute(const window& w, wall_point begin, wall_point end)
{
    for (auto t = begin; t < end; t += minutes(1))
        if (w.is_open(t))
            return t;
    return std::nullopt;
}

std::optional<std::size_t> day_index(std::string_view name)
{
    auto it = std::ranges::find(day_names, lower_ascii(name));
    return it == day_names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(it - day_names.begin()));
}

error bad_days(const std::string& word)
{
    return error(errc::invalid_argument,
                 "\"" + printable(word, 40) +
                     "\" is no day; write mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri");
}

} // namespace

/// Whether the day so many days before that of `t` is one on which it opens.
bool window::opens_on(wall_point t, int days_before) const
{
    const civil local = zone.to_civil(t);
    if (!days[index(local.weekday - days_before)])
        return false;
    if (!not_on)
        return true;
    const auto date =
        std::chrono::sys_days(std::chrono::year(local.year) / local.month / local.day) - std::chrono::days(days_before);
    return !not_on->contains(time_zone::utc().to_civil(wall_point(date.time_since_epoch())));
}

int window::days_ahead() const
{
    return not_on && !not_on->empty() ? year_ahead : week_ahead;
}

bool window::is_open(wall_point t) const
{
    auto local = zone.to_civil(t);
    auto now = minutes(local.hour * 60 + local.minute);
    if (from <= to)
        return from <= now && now < to && opens_on(t, 0);
    return (now >= from && opens_on(t, 0)) || (now < to && opens_on(t, 1));
}

std::optional<wall_point> window::next_open(wall_point t) const
{
    if (is_open(t))
        return t;
    auto today = zone.to_civil(t);
    for (int day = 0, last = days_ahead(); day <= last; ++day) {
        auto begin = civil_start(today, day, minutes(0), zone);
        auto end = civil_start(today, day + 1, minutes(0), zone);
        if (end - begin != std::chrono::hours(24)) {
            auto from_minute = std::max<wall_point>(begin, std::chrono::ceil<minutes>(t));
            if (auto first = first_open_minute(*this, from_minute, end))
                return first;
            continue;
        }
        auto at = civil_start(today, day, from, zone);
        if (at > t && is_open(at))
            return at;
    }
    return std::nullopt;
}

std::optional<wall_point> window::next_close(wall_point t) const
{
    if (!is_open(t))
        return t;
    auto today = zone.to_civil(t);
    for (int day = 0, last = days_ahead(); day <= last; ++day)
        for (const auto end : {civil_start(today, day, to, zone), civil_start(today, day + 1, minutes(0), zone)})
            if (end > t && !is_open(end))
                return end;
    return std::nullopt;
}

result<std::chrono::minutes> parse_time_of_day(std::string_view text)
{
    auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return error(errc::invalid_argument, "\"" + printable(text, 40) + "\" is no time of day; write it as in 09:00");
    auto two = [&](std::size_t i) { return (text[i] - '0') * 10 + (text[i + 1] - '0'); };
    auto at = minutes(two(0) * 60 + two(3));
    if (two(3) > 59 || at > minutes(24 * 60))
        return error(errc::invalid_argument,
                     "\"" + printable(text, 40) + "\" is no time of day; it goes from 00:00 to 24:00");
    return at;
}

result<std::array<bool, 7>> parse_days(const std::vector<std::string>& words)
{
    std::array<bool, 7> days{};
    if (words.empty())
        return error(errc::invalid_argument, "no day is named; write at least one, such as mon-fri");
    for (const auto& word : words) {
        auto dash = word.find('-');
        auto first = day_index(word.substr(0, dash));
        auto last = dash == std::string::npos ? first : day_index(word.substr(dash + 1));
        if (!first || !last)
            return bad_days(word);
        for (auto day = *first; day != *last; day = (day + 1) % 7)
            days[day] = true;
        days[*last] = true;
    }
    return days;
}

} // namespace ulak::job
