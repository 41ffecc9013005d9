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
    if (state == "succeeded" || state == "delivered" || state == "ok" || state == "done")
        return tone::good;
    if (state == "failed" || state == "rejected" || state == "undelivered" || state == "firing" || state == "broken")
        return tone::bad;
    if (state == "attention" || state == "ambiguous" || state == "paused" || state == "unreadable")
        return tone::warn;
    return tone::plain;
}

std::vector<std::size_t> table::widths(const screen& s) const
{
    std::vector<std::size_t> wide(headers_.size());
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        wide[i] = count_letters(headers_[i]);
        for (const auto& r : rows_)
            wide[i] = std::max(wide[i], count_letters(r[i]));
    }
    std::size_t all = 2 * (wide.size() - 1);
    for (std::size_t w : wide)
        all += w;
    if (s.width != 0 && all > s.width) {
        const std::size_t over = all - s.width;
        wide.back() = std::max(narrowest_column, wide.back() > over ? wide.back() - over : 0);
    }
    return wide;
}

std::string table::text(const screen& s) const
{
    const auto wide = widths(s);
    std::string out;
    auto line = [&](const std::vector<std::string>& cells, bool head) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool last = i + 1 == cells.size();
            const std::string shown = last ? cut(cells[i], wide[i]) : padded(cells[i], wide[i]) + "  ";
            out += paint(s, head ? tone::strong : tone_of(cells[i]), shown);
        }
        out += "\n";
    };
    line(headers_, true);
    for (const auto& r : rows_)
        line(r, false);
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

std::string local_time(const boost::json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    if (!v || !v->is_string())
        return "-";
    auto at = parse_rfc3339(v->get_string());
    if (!at)
        return std::string(v->get_string());
    const std::time_t seconds = unix_ms(*at) / 1000;
    std::tm parts = {};
    ::localtime_r(&seconds, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
    return text;
}

std::string progress_bar(std::size_t done, std::size_t all, std::size_t width)
{
    const std::size_t full = all == 0 ? 0 : std::min(width, done * width / all);
    return "[" + std::string(full, '#') + std::string(width - full, ' ') + "] " + std::to_string(done) + "/" +
           std::to_string(all);
}

} // namespace ulak::ctl
