#include "ulakctl/cells.hpp"

#include "core/text.hpp"
#include "core/wall_time.hpp"

#include <boost/json/serialize.hpp>

#include <ctime>

namespace ulak::ctl {

namespace {

/// The parts in the machine's own zone; false: not a time.
bool local_parts(const boost::json::object& o, std::string_view key, std::tm& parts)
{
    const auto* v = o.if_contains(key);
    if (!v || !v->is_string())
        return false;
    auto at = parse_rfc3339(v->get_string());
    const std::time_t seconds = at ? unix_ms(*at) / 1000 : 0;
    return at && ::localtime_r(&seconds, &parts);
}

std::string formatted(const std::tm& parts, const char* pattern)
{
    char text[32];
    const std::size_t letters = std::strftime(text, sizeof text, pattern, &parts);
    return std::string(text, letters);
}

/// "+03:00".
std::string offset_of(const std::tm& parts)
{
    auto text = formatted(parts, "%z");
    return text.size() == 5 ? text.insert(3, ":") : text;
}

} // namespace

std::string cell(const boost::json::value* v)
{
    if (!v || v->is_null())
        return "-";
    if (v->is_string())
        return v->get_string().empty() ? "-" : printable(v->get_string());
    if (const auto* o = v->if_object(); o && o->contains("amount") && o->contains("unit"))
        return cell(o->if_contains("amount")) + " " + cell(o->if_contains("unit"));
    return boost::json::serialize(*v);
}

std::string cell(const boost::json::object& o, std::string_view key)
{
    return cell(o.if_contains(key));
}

std::string local_time(const boost::json::object& o, std::string_view key)
{
    std::tm parts = {};
    return local_parts(o, key, parts) ? formatted(parts, "%Y-%m-%d %H:%M:%S ") + offset_of(parts) : cell(o, key);
}

std::string time_head(std::string_view head)
{
    const std::time_t now = std::time(nullptr);
    std::tm today = {};
    ::localtime_r(&now, &today);
    return std::string(head) + " (" + offset_of(today) + ")";
}

std::string short_time(const boost::json::object& o, std::string_view key)
{
    std::tm parts = {}, today = {};
    if (!local_parts(o, key, parts))
        return cell(o, key);
    const std::time_t now = std::time(nullptr);
    ::localtime_r(&now, &today);
    if (parts.tm_year != today.tm_year)
        return formatted(parts, "%Y-%m-%d");
    return formatted(parts, parts.tm_yday == today.tm_yday ? "%H:%M:%S" : "%m-%d %H:%M");
}

std::string zone_time(const boost::json::object& o, std::string_view key)
{
    // "2026-11-23T09:00:00+03:00"
    constexpr std::size_t year_ends = 5, day_ends = 10, time_begins = 11, seconds_begin = 16, time_ends = 19;
    const std::string text = cell(o, key);
    if (text.size() <= time_ends)
        return text;
    const std::time_t now = std::time(nullptr);
    std::tm today = {};
    ::localtime_r(&now, &today);
    const std::size_t from = text.starts_with(formatted(today, "%Y-")) ? year_ends : 0;
    const std::size_t to =
        text.compare(seconds_begin, time_ends - seconds_begin, ":00") == 0 ? seconds_begin : time_ends;
    return text.substr(from, day_ends - from) + " " + text.substr(time_begins, to - time_begins) + " " +
           text.substr(time_ends);
}

std::string store_problem(const boost::json::object& status)
{
    const auto* store = status.if_contains("store");
    if (!store || !store->is_object() || cell(store->get_object(), "state") == "ok")
        return {};
    return "the store is " + cell(store->get_object(), "state") + ": " + cell(store->get_object(), "reason");
}

std::string clock_problem(const boost::json::object& status)
{
    const auto* clock = status.if_contains("clock");
    if (!clock || !clock->is_object() || cell(clock->get_object(), "state") == "ok")
        return {};
    return cell(clock->get_object(), "reason");
}

} // namespace ulak::ctl
