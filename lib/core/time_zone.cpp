#include "core/time_zone.hpp"

#include "core/detail/tzif.hpp"
#include "core/text.hpp"

#include <date/tz.h>

#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <vector>

namespace ulak {

struct time_zone::data {
    std::string name;
    const date::time_zone* zone; // null for UTC, which must work without any data
};

namespace {

using std::chrono::seconds;

constexpr const char* zone_folder = "/usr/share/zoneinfo/"; // where libdate on Debian reads

// "Istanbul" → "Asia/Istanbul or Europe/Istanbul": people leave the continent away.
std::string same_city(std::string_view name, const std::vector<std::string>& names)
{
    const auto ending = "/" + lower_ascii(name);
    std::string found;
    for (const auto& candidate : names)
        if (lower_ascii(candidate).ends_with(ending))
            append_joined(found, " or ", candidate);
    return found;
}

error unknown_zone(std::string_view name, const date::tzdb& all)
{
    const auto text = "\"" + printable(name, 60) + "\" is not a time zone";
    std::vector<std::string> names;
    for (const auto& zone : all.zones)
        names.push_back(zone.name());
    auto likely = same_city(name, names);
    if (likely.empty())
        likely = nearest(name, names).value_or("");
    if (likely.empty())
        return error(errc::invalid_argument, text + " of the system; write it like Europe/Istanbul");
    return error(errc::invalid_argument, text + "; did you mean " + likely + "?");
}

const date::time_zone* find_by_name(const date::tzdb& all, std::string_view name)
{
    for (const auto& zone : all.zones)
        if (zone.name() == name)
            return &zone;
    return nullptr;
}

// libdate reads a zone's transitions only, not the rule for the years behind them. "Slim" data keep just the rule, and
// "fat" data end in 2037: in both cases the zone would silently lose its daylight saving.
bool lacks_transitions(const date::time_zone& zone)
{
    std::ifstream file(zone_folder + zone.name(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!has_dst_rule(bytes))
        return false;
    const auto now = std::chrono::floor<seconds>(std::chrono::system_clock::now());
    return zone.get_info(now).end > now + std::chrono::hours(24 * 366);
}

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
    static const auto shared = std::make_shared<const data>(data{"UTC", nullptr});
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
            return unknown_zone(name, all);
        return checked(*zone);
    } catch (const std::exception& e) {
        return error(errc::invalid_argument, "the machine's time zone data cannot be read: " + printable(e.what()));
    }
}

result<time_zone> time_zone::checked(const date::time_zone& zone)
{
    // Each zone is checked once: it is much work, and ten thousand jobs may be in one zone.
    static std::mutex mutex;
    static std::map<const date::time_zone*, std::shared_ptr<const data>> known;
    const std::scoped_lock lock(mutex);
    if (const auto found = known.find(&zone); found != known.end())
        return time_zone(found->second);
    if (lacks_transitions(zone))
        return error(errc::invalid_argument, zone.name() + " has daylight saving, but the machine's time zone data do "
                                                           "not list its changes; install Debian's tzdata");
    return time_zone(known[&zone] = std::make_shared<const data>(data{zone.name(), &zone}));
}

const std::string& time_zone::name() const noexcept
{
    return data_->name;
}

civil time_zone::to_civil(wall_point t) const
{
    const auto utc_time = std::chrono::floor<seconds>(t);
    const auto offset = data_->zone ? data_->zone->get_info(utc_time).offset : seconds(0);
    return to_civil_time(date::local_seconds(utc_time.time_since_epoch() + offset));
}

time_zone::instant time_zone::to_instant(const civil& local) const
{
    const auto time = to_local_seconds(local);
    if (!data_->zone)
        return {to_wall_point(time.time_since_epoch()), civil_match::exact};
    const auto found = data_->zone->get_info(time);
    if (found.result == date::local_info::nonexistent)
        return {to_wall_point(found.first.end.time_since_epoch()), civil_match::gap};
    const auto match = found.result == date::local_info::ambiguous ? civil_match::fold : civil_match::exact;
    return {to_wall_point(time.time_since_epoch() - found.first.offset), match};
}

} // namespace ulak
