#include "job/days_off.hpp"

#include "core/text.hpp"
#include "job/detail/turkish_holidays.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace ulak::job {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

/// Digits alone; nullopt for anything else.
std::optional<int> number_of(std::string_view digits)
{
    int n = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        n = n * 10 + (c - '0');
    }
    return digits.empty() ? std::nullopt : std::optional(n);
}

/// "2027-03-09"
std::optional<year_month_day> date_of(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto y = number_of(text.substr(0, 4)), m = number_of(text.substr(5, 2)), d = number_of(text.substr(8, 2));
    if (!y || !m || !d)
        return std::nullopt;
    const year_month_day day{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                             std::chrono::day(static_cast<unsigned>(*d))};
    return day.ok() ? std::optional(day) : std::nullopt;
}

/// "10-29"; the 29th of February is one.
std::optional<std::pair<int, int>> day_of_year(std::string_view text)
{
    constexpr std::string_view leap_year = "2024-";
    const auto date = date_of(std::string(leap_year).append(text));
    if (text.size() != 5 || !date)
        return std::nullopt;
    return std::pair(static_cast<int>(static_cast<unsigned>(date->month())),
                     static_cast<int>(static_cast<unsigned>(date->day())));
}

error no_day(std::string_view text)
{
    return error(errc::invalid_argument, "\"" + printable(text, 40) +
                                             "\" is no day; write 2027-03-09, 2027-03-09..2027-03-11, 10-29 for every "
                                             "year, or holidays-tr");
}

} // namespace

result<void> days_off::add_span(std::string_view first, std::string_view last)
{
    const auto from = date_of(first), to = date_of(last);
    if (!from || !to)
        return no_day(from ? last : first);
    const auto days = sys_days(*to) - sys_days(*from);
    if (days < days.zero() || days > longest_days_off)
        return error(errc::invalid_argument,
                     "from " + std::string(first) + " to " + std::string(last) + " is not a span of one year at most");
    for (auto day = sys_days(*from); day <= sys_days(*to); day += std::chrono::days(1))
        dates_.insert(day);
    return {};
}

result<void> days_off::add(std::string_view text)
{
    if (text == turkish_holidays_word)
        return add_lines(turkish_holidays);
    if (const auto dots = text.find(".."); dots != std::string_view::npos)
        return add_span(text.substr(0, dots), text.substr(dots + 2));
    if (const auto date = date_of(text)) {
        dates_.insert(sys_days(*date));
        return {};
    }
    const auto yearly = day_of_year(text);
    if (!yearly)
        return no_day(text);
    yearly_.insert(*yearly);
    return {};
}

result<void> days_off::add_lines(std::string_view text)
{
    std::size_t number = 0;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    for (std::string_view line : split(text, '\n')) {
        ++number;
        line = trim(line);
        if (line.empty() || line.starts_with('#'))
            continue;
        if (auto added = add(line.substr(0, line.find_first_of(" \t,;"))); !added)
            return error(errc::invalid_argument, "line " + std::to_string(number) + ": " + added.error().message);
    }
    return {};
}

bool days_off::contains(const civil& local) const
{
    const auto date = std::chrono::year(local.year) / local.month / local.day;
    return yearly_.contains({local.month, local.day}) || dates_.contains(sys_days(date));
}

} // namespace ulak::job
