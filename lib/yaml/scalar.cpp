#include "yaml/scalar.hpp"

#include "core/money.hpp"
#include "core/text.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace ulak::yaml {
namespace {

struct rate_unit {
    std::string_view written, canonical;
};

constexpr std::array rate_units{rate_unit{"requests", "requests"},     rate_unit{"request", "requests"},
                                rate_unit{"segments", "segments"},     rate_unit{"segment", "segments"},
                                rate_unit{"recipients", "recipients"}, rate_unit{"recipient", "recipients"}};

constexpr std::array<std::pair<std::string_view, int>, 3> periods{{{"s", 1}, {"min", 60}, {"h", 3600}}};

constexpr std::int64_t max_rate = 1'000'000;

std::string_view canonical_unit(std::string_view written) noexcept
{
    for (const auto& w : rate_units)
        if (w.written == written)
            return w.canonical;
    return {};
}

int seconds_of(std::string_view period) noexcept
{
    for (const auto& [name, seconds] : periods)
        if (name == period)
            return seconds;
    return 0;
}

} // namespace

std::optional<std::int64_t> read_integer(std::string_view text) noexcept
{
    auto digits = text;
    if (digits.starts_with('-') || digits.starts_with('+'))
        digits.remove_prefix(1);
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    if (digits.size() > 1 && digits.front() == '0')
        return std::nullopt;
    auto number = text.starts_with('+') ? digits : text;
    std::int64_t value = 0;
    auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), value);
    return failed == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<bool> read_boolean(std::string_view text) noexcept
{
    if (text == "true")
        return true;
    return text == "false" ? std::optional(false) : std::nullopt;
}

std::optional<rate_value> read_rate(std::string_view text)
{
    auto slash = text.find('/');
    auto blank = text.find(' ');
    if (slash == std::string_view::npos || blank == std::string_view::npos || blank > slash)
        return std::nullopt;
    auto count = decimal::parse(text.substr(0, blank));
    auto unit = canonical_unit(trim(text.substr(blank, slash - blank)));
    auto seconds = seconds_of(trim(text.substr(slash + 1)));
    if (!count || unit.empty() || seconds == 0 || *count <= decimal() || *count > decimal::from_integer(max_rate))
        return std::nullopt;
    auto number = static_cast<double>(count->micros()) / static_cast<double>(decimal::scale);
    return rate_value{.per_second = number / seconds, .unit = std::string(unit)};
}

} // namespace ulak::yaml
