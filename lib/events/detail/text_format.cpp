#include "events/detail/text_format.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace ulak::events {
namespace {

constexpr std::size_t max_message_bytes = 4'096; ///< of a message on a terminal
constexpr std::size_t time_of_day_at = 11, time_of_day_size = 12;
constexpr std::size_t level_width = 5;

std::string_view colour(level l) noexcept
{
    static constexpr std::array<std::string_view, 5> codes = {"\x1b[2m", "", "\x1b[1m", "\x1b[33m", "\x1b[31m"};
    return codes[static_cast<std::size_t>(l)];
}

std::string padded_level(level l)
{
    std::string text(name(l));
    text.resize(std::max(text.size(), level_width), ' ');
    return text;
}

std::string subject(const event& e)
{
    return printable(joined(e.job, " ", e.run), max_message_bytes);
}

} // namespace

std::string to_text(const event& e)
{
    auto line =
        rfc3339(e.time).substr(time_of_day_at, time_of_day_size) + ' ' + padded_level(e.severity) + ' ' + e.name;
    if (const auto about = subject(e); !about.empty())
        line += "  " + about;
    return line + "  " + printable(e.message, max_message_bytes);
}

std::string to_text_line(const event& e, bool coloured)
{
    const auto start = coloured ? colour(e.severity) : std::string_view();
    if (start.empty())
        return to_text(e) + '\n';
    return std::string(start) + to_text(e) + "\x1b[0m\n";
}

} // namespace ulak::events
