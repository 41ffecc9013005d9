#include "job/detail/instant.hpp"

#include "core/rfc3339.hpp"
#include "core/text.hpp"

#include <charconv>

namespace ulak::job {
namespace {

/// "2026-12-01 09:00" or with seconds; `T` for the blank is taken too.
constexpr std::size_t without_seconds = 16, with_seconds = 19;

std::optional<int> parse_digits(std::string_view text)
{
    int value = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    auto sound = failed == std::errc() && end == text.data() + text.size() && text.front() != '-';
    return sound ? std::optional(value) : std::nullopt;
}

bool has_marks(std::string_view text)
{
    if (text.size() != without_seconds && text.size() != with_seconds)
        return false;
    return text[4] == '-' && text[7] == '-' && (text[10] == ' ' || text[10] == 'T') && text[13] == ':' &&
           (text.size() == without_seconds || text[16] == ':');
}

bool exists(const civil& t)
{
    auto date = std::chrono::year(t.year) / t.month / t.day;
    return date.ok() && t.year >= 1970 && t.hour <= 23 && t.minute <= 59 && t.second <= 59;
}

std::optional<civil> parse_civil(std::string_view text)
{
    if (!has_marks(text))
        return std::nullopt;
    auto year = parse_digits(text.substr(0, 4)), month = parse_digits(text.substr(5, 2)),
         day = parse_digits(text.substr(8, 2));
    auto hour = parse_digits(text.substr(11, 2)), minute = parse_digits(text.substr(14, 2));
    auto second = text.size() == with_seconds ? parse_digits(text.substr(17, 2)) : 0;
    if (!year || !month || !day || !hour || !minute || !second)
        return std::nullopt;
    civil t{.year = *year, .month = *month, .day = *day, .hour = *hour, .minute = *minute, .second = *second};
    return exists(t) ? std::optional(t) : std::nullopt;
}

} // namespace

result<time_zone::instant> parse_instant(std::string_view text, const time_zone& zone)
{
    if (auto local = parse_civil(text))
        return zone.to_instant(*local);
    if (auto at = parse_rfc3339(text))
        return time_zone::instant{*at, time_zone::civil_match::exact};
    return error(errc::invalid_argument, "\"" + printable(text, 40) + "\" is no date and time");
}

} // namespace ulak::job
