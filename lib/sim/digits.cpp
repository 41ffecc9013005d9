#include "sim/digits.hpp"

#include "core/wall_time.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::sim {

bool is_digits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::uint64_t> parse_id(std::string_view digits)
{
    std::uint64_t n = 0;
    if (!is_digits(digits) || std::from_chars(digits.data(), digits.data() + digits.size(), n).ec != std::errc())
        return std::nullopt;
    return n;
}

std::optional<std::chrono::milliseconds> parse_delay(std::string_view text)
{
    std::int64_t ms = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (failed == std::errc() && end == text.data() + text.size() && ms >= 0)
        return std::chrono::milliseconds(ms);
    auto parsed = parse_duration(text);
    if (!parsed)
        return std::nullopt;
    return *parsed;
}

} // namespace ulak::sim
