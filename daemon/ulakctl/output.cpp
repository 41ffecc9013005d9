#include "ulakctl/output.hpp"

#include "core/text.hpp"
#include "core/wall_time.hpp"

#include <boost/json/serialize.hpp>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace ulak::ctl {

namespace {

constexpr std::size_t narrowest_column = 8;
constexpr std::size_t hardly_a_column = 4;
constexpr std::size_t narrow_last_column = 16; ///< from here on the others give way too

std::string_view escape_of(tone t)
{
    switch (t) {
    case tone::plain: return "";
    case tone::good: return "\033[32m";
    case tone::bad: return "\033[31m";
    case tone::warn: return "\033[33m";
    case tone::faint: return "\033[2m";
    case tone::strong: return "\033[1m";
    }
    return "";
}

std::string cut(const std::string& text, std::size_t letters)
{
    if (count_letters(text) <= letters)
        return text;
    std::string out;
    std::size_t n = 0;
    for (char c : text) {
        const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (begins && ++n >= letters)
            break;
        out += c;
    }
    return out + "…";
}

std::string padded(const std::string& text, std::size_t width)
{
    const std::size_t have = count_letters(text);
    return have >= width ? text : text + std::string(width - have, ' ');
}

} // namespace

screen look_at_output()
{
    screen s;
    s.terminal = ::isatty(STDOUT_FILENO) == 1;
    const char* none = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    s.colour = s.terminal && !(none && *none) && !(term && std::string_view(term) == "dumb");
    struct winsize size = {};
    if (s.terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        s.width = size.ws_col;
    return s;
}

std::string paint(const screen& s, tone t, std::string_view text)
{
    if (!s.colour || t == tone::plain)
        return std::string(text);
    return std::string(escape_of(t)) + std::string(text) + "\033[0m";
}

tone tone_of(std::string_view state)
{
    if (state == "succeeded" || state == "delivered" || state == "ok" || state == "done" || state == "loaded")
        return tone::good;
    if (state == "failed" || state == "rejected" || state == "undelivered" || state == "firing" || state == "broken" ||
        state == "suspended")
        return tone::bad;
    if (state == "attention" || state == "ambiguous" || state == "paused" || state == "unreadable")
        return tone::warn;
    return tone::plain;
}

std::vector<std::size_t> table::widths(const screen& s) const
{
    std::vector<std::size_t> wide(headers_.size());
    std::size_t all = 2 * (wide.size() - 1);
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        wide[i] = count_letters(headers_[i]);
        for (const auto& r : rows_)
            wide[i] = std::max(wide[i], count_letters(r[i]));
        all += wide[i];
    }
    std::size_t over = s.width != 0 && all > s.width ? all - s.width : 0;
    auto shrink = [&](auto first, auto last, std::size_t least) {
        while (over > 0 && first != last) {
            const auto widest = std::max_element(first, last);
            if (*widest <= least)
                return;
            --*widest;
            --over;
        }
    };
    shrink(wide.end() - 1, wide.end(), narrow_last_column);
    // What names the row is copied into the next command, so it stays whole as long as there is any room.
    shrink(wide.begin() + 1, wide.end(), narrowest_column);
    shrink(wide.begin() + 1, wide.end(), hardly_a_column);
    shrink(wide.begin(), wide.end(), 1);
    return wide;
}

std::vector<std::string> table::lines(const screen& s) const
{
    const auto wide = widths(s);
    std::vector<std::string> out;
    auto line = [&](const std::vector<std::string>& cells, bool head) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool last = i + 1 == cells.size();
            const std::string fit = cut(cells[i], wide[i]);
            text += paint(s, head ? tone::strong : tone_of(cells[i]), last ? fit : padded(fit, wide[i]) + "  ");
        }
        out.push_back(std::move(text));
    };
    line(headers_, true);
    for (const auto& r : rows_)
        line(r, false);
    return out;
}

std::string table::text(const screen& s) const
{
    std::string out;
    for (const std::string& line : lines(s))
        out += line + "\n";
    return out;
}

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

std::size_t count_of(const boost::json::object& counts, std::string_view key)
{
    const auto* n = counts.if_contains(key);
    return n && n->is_int64() && n->get_int64() > 0 ? static_cast<std::size_t>(n->get_int64()) : 0;
}

} // namespace

std::string local_time(const boost::json::object& o, std::string_view key)
{
    std::tm parts = {};
    return local_parts(o, key, parts) ? formatted(parts, "%Y-%m-%d %H:%M:%S") : cell(o, key);
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

std::string progress_bar(std::size_t done, std::size_t all, std::size_t width)
{
    const std::string numbers = std::to_string(done) + "/" + std::to_string(all);
    if (width == 0)
        return numbers;
    const std::size_t full = all == 0 ? 0 : std::min(width, done * width / all);
    return "[" + std::string(full, '#') + std::string(width - full, ' ') + "] " + numbers;
}

std::string progress_of(const boost::json::object& run, std::size_t width)
{
    const auto* v = run.if_contains("counts");
    const auto* counts = v ? v->if_object() : nullptr;
    if (!counts || !counts->contains("total"))
        return {};
    const std::size_t all =
        count_of(*counts, "total") - std::min(count_of(*counts, "total"), count_of(*counts, "skipped"));
    const std::size_t waiting = count_of(*counts, "pending") + count_of(*counts, "submitting");
    return progress_bar(all - std::min(all, waiting), all, width) + " sent, " +
           std::to_string(count_of(*counts, "delivered")) + " delivered";
}

std::string store_trouble(const boost::json::object& status)
{
    const auto* store = status.if_contains("store");
    if (!store || !store->is_object() || cell(store->get_object(), "state") == "ok")
        return {};
    return "the store is " + cell(store->get_object(), "state") + ": " + cell(store->get_object(), "reason");
}

} // namespace ulak::ctl
