#include "core/time_zone.hpp"

#include "core/detail/tzif.hpp"
#include "core/detail/zone_hint.hpp"
#include "core/detail/zone_rule.hpp"
#include "core/text.hpp"

#include <date/tz.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <vector>

namespace ulak {

struct time_zone::data {
    std::string name;
    const date::time_zone* zone; // null for UTC, which must work without any data
    std::optional<zone_rule> rule{};

    zone_period at(std::chrono::sys_seconds t) const;
};

namespace {

using std::chrono::seconds;

constexpr const char* zone_folder = "/usr/share/zoneinfo/"; // where libdate on Debian reads

error unknown_zone(std::string_view name)
{
    return error(errc::invalid_argument, "\"" + printable(name, 60) + "\" is not a time zone; " + zone_hint(name));
}

const date::time_zone* find_by_name(const date::tzdb& all, std::string_view name)
{
    for (const auto& zone : all.zones)
        if (zone.name() == name)
            return &zone;
    return nullptr;
}

/// The rule for the years behind the last transition; nullopt: the zone's offset stays.
std::optional<zone_rule> rule_of(const date::time_zone& zone)
{
    std::ifstream file(zone_folder + zone.name(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    return zone_rule::parse(last_line(bytes));
}

/// libdate's end of time, which it gives for what lasts for ever.
constexpr std::chrono::sys_seconds for_ever = std::chrono::sys_days(std::chrono::year(2400) / 1 / 1);

date::local_seconds to_local_seconds(const civil& t)
{
    const auto day = date::local_days(date::year(t.year) / t.month / t.day);
    return day + std::chrono::hours(t.hour) + std::chrono::minutes(t.minute) + seconds(t.second);
}

civil to_civil_time(date::local_seconds t)
{
    const auto day = date::floor<date::days>(t);
    const date::year_month_day date(day);
    const date::hh_mm_ss<seconds> time(t - day);
    civil out;
    out.year = int(date.year());
    out.month = static_cast<int>(unsigned(date.month()));
    out.day = static_cast<int>(unsigned(date.day()));
    out.hour = static_cast<int>(time.hours().count());
    out.minute = static_cast<int>(time.minutes().count());
    out.second = static_cast<int>(time.seconds().count());
    out.weekday = static_cast<int>(date::weekday(day).c_encoding());
    return out;
}

wall_point to_wall_point(std::chrono::seconds since_epoch)
{
    return wall_point(since_epoch);
}

} // namespace

time_zone::time_zone(std::shared_ptr<const data> d) : data_(std::move(d)) {}

time_zone time_zone::utc()
{
    static const auto shared = std::make_shared<const data>(data{"UTC", nullptr, {}});
    return time_zone(shared);
}

result<time_zone> time_zone::find(std::string_view name)
{
    if (name == "UTC")
        return utc();
    try {
        const auto& all = date::get_tzdb();
        const auto* zone = find_by_name(all, name);
        if (!zone)
            return unknown_zone(name);
        return with_rule(*zone);
    } catch (const std::exception& e) {
        return error(errc::invalid_argument, "the machine's time zone data cannot be read: " + printable(e.what()));
    }
}

time_zone time_zone::with_rule(const date::time_zone& zone)
{
    // Each zone's file is read once: ten thousand jobs may be in one zone.
    static std::mutex mutex;
    static std::map<const date::time_zone*, std::shared_ptr<const data>> known;
    const std::scoped_lock lock(mutex);
    auto& shared = known[&zone];
    if (!shared)
        shared = std::make_shared<const data>(data{zone.name(), &zone, rule_of(zone)});
    return time_zone(shared);
}

zone_period time_zone::data::at(std::chrono::sys_seconds t) const
{
    if (!zone)
        return {std::chrono::sys_seconds::min(), std::chrono::sys_seconds::max(), seconds(0)};
    const auto listed = zone->get_info(t);
    if (listed.end < for_ever)
        return {listed.begin, listed.end, listed.offset};
    // Behind the last transition: "slim" data keep just the rule, and "fat" data end in 2037.
    auto by_rule = rule ? rule->at(t) : zone_period{listed.begin, std::chrono::sys_seconds::max(), listed.offset};
    by_rule.begin = std::max(by_rule.begin, listed.begin);
    return by_rule;
}

const std::string& time_zone::name() const noexcept
{
    return data_->name;
}

civil time_zone::to_civil(wall_point t) const
{
    const auto utc_time = std::chrono::floor<seconds>(t);
    return to_civil_time(date::local_seconds(utc_time.time_since_epoch() + data_->at(utc_time).offset));
}

time_zone::period time_zone::period_at(wall_point t) const
{
    const auto found = data_->at(std::chrono::floor<seconds>(t));
    const bool ends = found.end < for_ever + std::chrono::days(365 * 1000);
    return {ends ? std::optional(to_wall_point(found.end.time_since_epoch())) : std::nullopt, found.offset};
}

/// The civil time is tried with the offsets that are in force a day before and a day after it.
time_zone::instant time_zone::to_instant(const civil& local) const
{
    const std::chrono::sys_seconds time(to_local_seconds(local).time_since_epoch());
    const auto before = data_->at(time - std::chrono::days(1)), after = data_->at(time + std::chrono::days(1));
    const auto early = time - before.offset, late = time - after.offset;
    const bool early_fits = data_->at(early).offset == before.offset, late_fits = data_->at(late).offset == after.offset;
    if (!early_fits && !late_fits) // the clocks skip it: the change that does so ends the gap
        return {to_wall_point(data_->at(early).begin.time_since_epoch()), civil_match::gap};
    const bool twice = early_fits && late_fits && early != late;
    return {to_wall_point((early_fits ? early : late).time_since_epoch()), twice ? civil_match::fold : civil_match::exact};
}

} // namespace ulak
