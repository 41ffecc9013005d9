#include "core/decimal.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace ulak {
namespace {

__extension__ typedef __int128 wide; // sums and products before they are cut to 64 bits

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t fraction_digits = 6;

bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) noexcept
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::int64_t saturate(wide value) noexcept
{
    return static_cast<std::int64_t>(std::clamp<wide>(value, lowest, highest));
}

// Micros without their sign; nullopt when there are more than any decimal holds.
std::optional<wide> read_micros(std::string_view whole, std::string_view fraction)
{
    wide value = 0;
    const auto take = [&value](char digit) {
        value = value * 10 + (digit - '0');
        return value <= wide(highest) + 2;
    };
    if (!std::all_of(whole.begin(), whole.end(), take))
        return std::nullopt;
    for (std::size_t i = 0; i < fraction_digits; ++i)
        if (!take(i < fraction.size() ? fraction[i] : '0'))
            return std::nullopt;
    if (fraction.size() > fraction_digits && fraction[fraction_digits] >= '5')
        ++value;
    return value;
}

error not_a_number(std::string_view text)
{
    return error(errc::invalid_argument, "\"" + printable(text, 40) + "\" is not a decimal number such as 12 or 0.95");
}

} // namespace

result<decimal> decimal::parse(std::string_view text)
{
    auto digits = text;
    const bool minus = digits.starts_with('-');
    if (minus || digits.starts_with('+'))
        digits.remove_prefix(1);
    const auto point = digits.find('.');
    const auto whole = digits.substr(0, point);
    const auto fraction = point == std::string_view::npos ? std::string_view("0") : digits.substr(point + 1);
    if (!all_digits(whole) || !all_digits(fraction))
        return not_a_number(text);
    const auto micros = read_micros(whole, fraction);
    if (!micros || *micros >= wide(highest)) // the ends stand for what is beyond them
        return error(errc::invalid_argument, "\"" + printable(text, 40) + "\" is too large for an amount");
    return decimal(static_cast<std::int64_t>(minus ? -*micros : *micros));
}

std::string decimal::text(int min_fraction) const
{
    const wide size = micros_ < 0 ? -wide(micros_) : wide(micros_);
    auto fraction = std::to_string(static_cast<std::int64_t>(size % scale));
    fraction.insert(0, fraction_digits - fraction.size(), '0');
    const auto least =
        std::clamp<std::size_t>(min_fraction < 0 ? 0 : static_cast<std::size_t>(min_fraction), 0, fraction_digits);
    while (fraction.size() > least && fraction.back() == '0')
        fraction.pop_back();
    auto out = (micros_ < 0 ? "-" : "") + std::to_string(static_cast<std::int64_t>(size / scale));
    return fraction.empty() ? out : out + "." + fraction;
}

decimal decimal::other_end() const noexcept
{
    return decimal(negative() ? highest : lowest);
}

decimal operator+(decimal a, decimal b) noexcept
{
    if (a.overflowed() || b.overflowed())
        return a.overflowed() ? a : b;
    return decimal(saturate(wide(a.micros_) + b.micros_));
}

decimal operator-(decimal a, decimal b) noexcept
{
    if (a.overflowed() || b.overflowed())
        return a.overflowed() ? a : b.other_end();
    return decimal(saturate(wide(a.micros_) - b.micros_));
}

decimal decimal::times(std::int64_t numerator, std::int64_t denominator) const noexcept
{
    if (overflowed())
        return numerator < 0 ? other_end() : *this;
    const wide product = wide(micros_) * numerator;
    const wide size = product < 0 ? -product : product;
    const wide rest = size % denominator;
    const wide rounded = size / denominator + (rest >= denominator - rest ? 1 : 0);
    return decimal(saturate(product < 0 ? -rounded : rounded));
}

std::ostream& operator<<(std::ostream& out, decimal d)
{
    return out << d.text();
}

} // namespace ulak
