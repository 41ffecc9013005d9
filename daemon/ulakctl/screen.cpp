#include "ulakctl/screen.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace ulak::ctl {

namespace {

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

} // namespace

screen detect_output()
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

} // namespace ulak::ctl
