#include "job/cron.hpp"

#include "core/text.hpp"
#include "job/detail/cron_field.hpp"

#include <array>
#include <bit>
#include <chrono>

namespace ulak::job {
namespace {

constexpr int years_ahead = 8; // 29 February skips a century's end: eight years

struct cron_macro {
    std::string_view name, fields;
};
constexpr std::array cron_macros{cron_macro{"@hourly", "0 * * * *"}, cron_macro{"@daily", "0 0 * * *"},
                                 cron_macro{"@weekly", "0 0 * * 0"}, cron_macro{"@monthly", "0 0 1 * *"},
                                 cron_macro{"@yearly", "0 0 1 1 *"}};

/// The five fields that a word such as @daily stands for; other texts as they are.
result<std::string_view> expand_macro(std::string_view text)
{
    if (!text.starts_with('@'))
        return text;
    for (const auto& m : cron_macros)
        if (m.name == text)
            return m.fields;
    return error(errc::invalid_argument,
                 "\"" + printable(text, 40) +
                     "\" is not known; there are @hourly, @daily, @weekly, @monthly and @yearly");
}

std::vector<std::string_view> split_words(std::string_view text)
{
    std::vector<std::string_view> out;
    while (!(text = trim(text)).empty()) {
        out.push_back(text.substr(0, text.find_first_of(" \t")));
        text.remove_prefix(out.back().size());
    }
    return out;
}

result<std::array<cron_field, 5>> parse_fields(std::string_view text)
{
    auto parts = split_words(text);
    std::array<cron_field, 5> fields;
    if (parts.size() != fields.size())
        return error(errc::invalid_argument,
                     "five fields are needed (minute, hour, day of month, month, weekday), not " +
                         std::to_string(parts.size()));
    std::string wrong;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto field = parse_cron_field(parts[i], cron_rules()[i]);
        if (field)
            fields[i] = *field;
        else
            append_joined(wrong, "; ", field.error().message);
    }
    if (!wrong.empty())
        return error(errc::invalid_argument, wrong);
    return fields;
}

/// "*/45" of the minute does not fire every 45 minutes: it starts anew each hour.
std::optional<std::string> misleading_step(const cron_field& minute, const cron_field& hour)
{
    auto report = [](int step, const char* unit, const char* letter) {
        auto n = std::to_string(step);
        return "*/" + n + " starts anew at " + unit + " 0, so it is not every " + n + " " + unit +
               "s; for that write `every: " + n + letter + "`";
    };
    if (minute.odd_step)
        return report(*minute.odd_step, "minute", "m");
    if (hour.odd_step)
        return report(*hour.odd_step, "hour", "h");
    return std::nullopt;
}

/// The first set bit at or above `from`.
std::optional<int> next_bit(std::uint64_t set, int from) noexcept
{
    auto rest = from > 63 ? 0 : set >> from;
    return rest == 0 ? std::nullopt : std::optional(from + std::countr_zero(rest));
}

bool has(std::uint64_t set, int value) noexcept
{
    return (set >> value & 1) != 0;
}

int days_in(int year, int month)
{
    auto last = std::chrono::year(year) / month / std::chrono::last;
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

int weekday_of(const civil& t)
{
    auto date = std::chrono::sys_days(std::chrono::year(t.year) / t.month / t.day);
    return static_cast<int>(std::chrono::weekday(date).c_encoding());
}

void to_next_month(civil& t)
{
    t.month = t.month % 12 + 1;
    t.year += t.month == 1;
    t.day = 1;
    t.hour = t.minute = 0;
}

void to_next_day(civil& t)
{
    if (t.day == days_in(t.year, t.month))
        return to_next_month(t);
    ++t.day;
    t.hour = t.minute = 0;
}

/// One minute later, so that the search finds another firing.
void to_next_minute(civil& t)
{
    if (++t.minute < 60)
        return;
    t.minute = 0;
    if (++t.hour == 24)
        to_next_day(t);
}

/// The first whole civil minute at or after `from`.
civil first_minute_from(const time_zone& zone, wall_point from)
{
    auto t = zone.to_civil(from);
    const bool whole = t.second == 0 && unix_ms(from) % 1000 == 0;
    t.second = 0;
    if (!whole)
        to_next_minute(t);
    return t;
}

/// Of a civil time by a known offset.
wall_point instant_of(const civil& t, std::chrono::seconds offset)
{
    const auto day = std::chrono::sys_days(std::chrono::year(t.year) / t.month / t.day);
    return wall_point(day.time_since_epoch() + std::chrono::hours(t.hour) + std::chrono::minutes(t.minute) - offset);
}

} // namespace

result<cron> cron::parse(std::string_view text)
{
    auto written = trim(text);
    auto expanded = expand_macro(written);
    if (!expanded)
        return expanded.error();
    auto fields = parse_fields(*expanded);
    if (!fields)
        return fields.error();
    const auto& [minute, hour, day, month, weekday] = *fields;
    cron made;
    made.text_ = std::string(written);
    made.warning_ = misleading_step(minute, hour);
    made.minutes_ = minute.set;
    made.hours_ = static_cast<std::uint32_t>(hour.set);
    made.days_ = static_cast<std::uint32_t>(day.set);
    made.months_ = static_cast<std::uint32_t>(month.set);
    made.weekdays_ = static_cast<std::uint32_t>(weekday.set);
    made.any_day_ = day.star;
    made.any_weekday_ = weekday.star;
    made.any_hour_ = hour.star && hour.set == (std::uint64_t(1) << 24) - 1; // `*` and `*/1`
    return made;
}

/// Day of month and weekday: both must match where one of them is a star, else either.
bool cron::matches_day(const civil& t) const
{
    auto day = has(days_, t.day);
    auto weekday = has(weekdays_, weekday_of(t));
    return any_day_ || any_weekday_ ? day && weekday : day || weekday;
}

/// Moves `t` to the first civil minute that fits, itself included. False if there is none up to the end of `last_year`.
bool cron::advance_to_match(civil& t, int last_year) const
{
    while (t.year <= last_year) {
        if (!has(months_, t.month)) {
            to_next_month(t);
            continue;
        }
        auto hour = matches_day(t) ? next_bit(hours_, t.hour) : std::nullopt;
        if (!hour) {
            to_next_day(t);
            continue;
        }
        if (*hour != t.hour)
            t.minute = 0;
        t.hour = *hour;
        if (auto minute = next_bit(minutes_, t.minute)) {
            t.minute = *minute;
            return true;
        }
        t.minute = 59;
        to_next_minute(t);
    }
    return false;
}

std::optional<cron::firing> cron::next(wall_point after, const time_zone& zone) const
{
    return any_hour_ ? next_in_real_time(after, zone) : next_on_the_clock(after, zone);
}

/// Each civil time once: moved out of a gap, the first of a fold.
std::optional<cron::firing> cron::next_on_the_clock(wall_point after, const time_zone& zone) const
{
    auto t = zone.to_civil(after);
    t.second = 0;
    for (auto last_year = t.year + years_ahead; advance_to_match(t, last_year); to_next_minute(t)) {
        const auto instant = zone.to_instant(t);
        if (instant.at > after)
            return firing{instant.at, instant.match};
    }
    return std::nullopt;
}

/// One stretch of the same offset after the other, so that no hour is left out or made up.
std::optional<cron::firing> cron::next_in_real_time(wall_point after, const time_zone& zone) const
{
    constexpr std::chrono::milliseconds next_moment(1);
    auto from = after + next_moment;
    const auto last_year = zone.to_civil(after).year + years_ahead;
    for (;;) {
        const auto period = zone.period_at(from);
        auto t = first_minute_from(zone, from);
        if (!advance_to_match(t, last_year))
            return std::nullopt;
        const auto at = instant_of(t, period.offset);
        if (!period.end || at < *period.end)
            return firing{at, time_zone::civil_match::exact};
        from = *period.end;
    }
}

} // namespace ulak::job
