#include "core/detail/zone_hint.hpp"

#include "core/text.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace ulak {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using names = std::vector<std::string>;

constexpr std::size_t most_offered = 3;
constexpr std::size_t longest_abbreviation = 5;

/// Offered before others that fit as well.
constexpr std::array<std::string_view, 12> well_known{
    "Europe/Istanbul",  "Europe/Berlin",    "Europe/London", "Europe/Moscow",       "Europe/Athens", "Asia/Baku",
    "America/New_York", "America/Chicago",  "America/Denver", "America/Los_Angeles", "Asia/Dubai",    "Asia/Tokyo"};

/// What people in Turkey see on their phones, and the cities that they live in: neither is in the data.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> turkish{
    {{"trt", "Europe/Istanbul"},
     {"tsi", "Europe/Istanbul"},
     {"ankara", "Europe/Istanbul"},
     {"izmir", "Europe/Istanbul"},
     {"bursa", "Europe/Istanbul"},
     {"antalya", "Europe/Istanbul"},
     {"adana", "Europe/Istanbul"},
     {"turkiye", "Europe/Istanbul"},
     {"türkiye", "Europe/Istanbul"}}};

std::string last_part(std::string_view name)
{
    const auto slash = name.rfind('/');
    return lower_ascii(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

date::sys_seconds now()
{
    return std::chrono::floor<seconds>(std::chrono::system_clock::now());
}

std::string offset_text(seconds offset)
{
    const auto all = std::chrono::duration_cast<minutes>(offset).count();
    const auto two = [](auto n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const auto size = all < 0 ? -all : all;
    return std::string("UTC") + (all < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60);
}

void prefer_well_known(names& all)
{
    const auto rank = [](const std::string& name) {
        return std::pair(std::ranges::find(well_known, name) - well_known.begin(), name);
    };
    std::ranges::sort(all, {}, rank);
}

/// "GMT+3", "UTC+03:00", "+3" → minutes east of Greenwich.
std::optional<minutes> written_offset(std::string_view text)
{
    const auto word = lower_ascii(text);
    std::string_view rest = word;
    for (std::string_view head : {"gmt", "utc"})
        if (rest.starts_with(head)) {
            rest.remove_prefix(head.size());
            break;
        }
    if (rest.empty() || (rest.front() != '+' && rest.front() != '-'))
        return std::nullopt;
    int hours = 0, rest_minutes = 0;
    const auto [end, failed] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), hours);
    const auto behind = rest.substr(static_cast<std::size_t>(end - rest.data()));
    if (behind.starts_with(':'))
        std::from_chars(behind.data() + 1, behind.data() + behind.size(), rest_minutes);
    else if (hours > 99) { // +0330
        rest_minutes = hours % 100;
        hours /= 100;
    }
    if (failed != std::errc() || hours > 14 || rest_minutes > 59)
        return std::nullopt;
    const minutes all = minutes(60 * hours + rest_minutes);
    return rest.front() == '-' ? -all : all;
}

/// Zones that have this offset all the year. In Etc/ the sign is turned round.
names zones_at(minutes offset, const date::tzdb& all)
{
    names found;
    for (const std::string_view name : well_known) {
        const auto zone = std::ranges::find(all.zones, name, [](const auto& z) { return std::string_view(z.name()); });
        if (zone == all.zones.end())
            continue;
        const auto winter = zone->get_info(now()).offset, summer = zone->get_info(now() + date::days(182)).offset;
        if (winter == offset && summer == offset)
            found.emplace_back(name);
    }
    if (offset % std::chrono::hours(1) == minutes(0) && offset != minutes(0))
        found.push_back("Etc/GMT" + std::string(offset > minutes(0) ? "-" : "+") +
                        std::to_string((offset > minutes(0) ? offset : -offset) / std::chrono::hours(1)));
    return found;
}

names same_city(std::string_view written, const names& all)
{
    const auto city = last_part(written);
    names found;
    std::ranges::copy_if(all, std::back_inserter(found), [&](const auto& n) { return last_part(n) == city; });
    for (const auto& [word, zone] : turkish)
        if (found.empty() && word == city)
            found.emplace_back(zone);
    return found;
}

names by_abbreviation(std::string_view written, const date::tzdb& all)
{
    names found;
    const auto word = upper_ascii(written);
    for (const auto& zone : all.zones)
        if (zone.get_info(now()).abbrev == word || zone.get_info(now() + date::days(182)).abbrev == word)
            found.push_back(zone.name());
    return found;
}

/// A slip in the city's name, in the continent that was written if one was.
names near_city(std::string_view written, const names& all)
{
    const auto slash = written.rfind('/');
    const auto continent = slash == std::string_view::npos ? std::string() : lower_ascii(written.substr(0, slash + 1));
    names cities;
    for (const auto& name : all)
        if (lower_ascii(name).starts_with(continent))
            cities.push_back(last_part(name));
    const auto near = nearest(last_part(written), cities);
    names found;
    for (const auto& name : all)
        if (near && last_part(name) == *near && lower_ascii(name).starts_with(continent))
            found.push_back(name);
    return found;
}

std::string offered(names found, const date::tzdb& all)
{
    prefer_well_known(found);
    found.resize(std::min(found.size(), most_offered));
    const auto with_offset = [&](const std::string& name) {
        const auto zone = std::ranges::find(all.zones, name, [](const auto& z) { return z.name(); });
        return zone == all.zones.end() ? name : name + " (" + offset_text(zone->get_info(now()).offset) + ")";
    };
    return "did you mean " + join(found, " or ", with_offset) + "?";
}

} // namespace

std::string zone_hint(std::string_view written)
{
    const auto& all = date::get_tzdb();
    names known;
    for (const auto& zone : all.zones)
        known.push_back(zone.name());
    if (const auto offset = written_offset(written))
        if (auto found = zones_at(*offset, all); !found.empty())
            return "an offset is no zone; " + offered(std::move(found), all);
    auto found = same_city(written, known);
    if (found.empty() && written.size() <= longest_abbreviation)
        found = by_abbreviation(written, all);
    else if (found.empty())
        found = near_city(written, known);
    return found.empty() ? "zones are written like Europe/Istanbul; `timedatectl list-timezones` lists them"
                         : offered(std::move(found), all);
}

} // namespace ulak
