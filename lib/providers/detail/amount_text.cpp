#include "providers/detail/amount_text.hpp"

#include "core/currency.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ulak::providers {
namespace {

constexpr std::size_t group_size = 3;
/// No amount has more digits, so an exponent beyond is 0 or too large.
constexpr int most_shift = 60;

/// Blanks that stand between groups of digits, and around a unit: a no-break space, a narrow one, a thin one.
constexpr std::array<std::string_view, 3> blanks{"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};

std::string with_plain_blanks(std::string_view text)
{
    std::string out(text);
    for (const std::string_view blank : blanks)
        for (auto at = out.find(blank); at != std::string::npos; at = out.find(blank, at))
            out.replace(at, blank.size(), " ");
    return std::string(trim(out));
}

bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool belongs_to_number(char c) noexcept
{
    return is_digit(c) || std::string_view("+-., ").find(c) != std::string_view::npos;
}

/// Moves the point of "4.4e-16".
std::optional<std::string> without_exponent(std::string_view text)
{
    const auto e = text.find_first_of("eE");
    if (e == std::string_view::npos)
        return std::string(text);
    auto power_text = text.substr(e + 1);
    if (power_text.starts_with('+'))
        power_text.remove_prefix(1);
    int power = 0;
    const auto [end, bad] = std::from_chars(power_text.data(), power_text.data() + power_text.size(), power);
    if (end != power_text.data() + power_text.size() || power_text.empty() || bad == std::errc::invalid_argument)
        return std::nullopt;
    if (bad == std::errc::result_out_of_range)
        power = power_text.starts_with('-') ? -most_shift : most_shift;
    power = std::clamp(power, -most_shift, most_shift);
    auto mantissa = text.substr(0, e);
    const bool minus = mantissa.starts_with('-');
    mantissa.remove_prefix(minus ? 1 : 0);
    const auto point = std::min(mantissa.find('.'), mantissa.size());
    std::string digits(mantissa.substr(0, point));
    digits += mantissa.substr(std::min(point + 1, mantissa.size()));
    if (digits.empty() || !std::ranges::all_of(digits, is_digit))
        return std::nullopt;
    auto at = static_cast<std::ptrdiff_t>(point) + power;
    if (at <= 0) {
        digits.insert(0, static_cast<std::size_t>(1 - at), '0');
        at = 1;
    }
    if (at > static_cast<std::ptrdiff_t>(digits.size()))
        digits.append(static_cast<std::size_t>(at) - digits.size(), '0');
    const auto whole = digits.substr(0, static_cast<std::size_t>(at)),
               rest = digits.substr(static_cast<std::size_t>(at));
    return (minus ? "-" : "") + whole + (rest.empty() ? "" : "." + rest);
}

/// "1.234" by '.': the digits alone. Empty where the groups are not of three.
std::string without_groups(std::string_view text, char separator)
{
    const auto parts = split(text, separator);
    const bool grouped = parts.front().size() <= group_size && !parts.front().empty() &&
                         std::all_of(parts.begin() + 1, parts.end(), [](auto p) { return p.size() == group_size; });
    return grouped ? join(parts, "") : std::string();
}

/// The number with a point for its decimals and without groups; nothing where it cannot be read in one way.
std::optional<std::string> plain_number(std::string_view text)
{
    const bool minus = text.starts_with('-');
    if (minus || text.starts_with('+'))
        text.remove_prefix(1);
    const auto dots = std::ranges::count(text, '.'), commas = std::ranges::count(text, ',');
    const char decimal_sign = dots == 0 && commas == 1            ? ','
                              : commas == 0 && dots == 1          ? '.'
                              : dots == 0 || commas == 0          ? '\0'
                              : text.rfind('.') > text.rfind(',') ? '.'
                                                                  : ',';
    const auto at = decimal_sign == '\0' ? text.size() : text.rfind(decimal_sign);
    std::string whole(text.substr(0, at));
    const auto fraction = text.substr(std::min(at + 1, text.size()));
    for (const char group : {'.', ',', ' '})
        if (whole.find(group) != std::string::npos)
            whole = without_groups(whole, group);
    const bool sound = !whole.empty() && std::ranges::all_of(whole, is_digit) &&
                       std::ranges::all_of(fraction, is_digit) && (at == text.size() || !fraction.empty());
    if (!sound)
        return std::nullopt;
    return (minus ? "-" : "") + whole + (fraction.empty() ? "" : "." + std::string(fraction));
}

bool is_unit(const std::string& unit)
{
    return unit == "TRY" || unit == "USD" || unit == "EUR" || unit == "GBP" || unit == "credits";
}

} // namespace

std::optional<amount_text> read_amount(std::string_view said)
{
    const std::string text = with_plain_blanks(said);
    const auto begin = std::find_if(text.begin(), text.end(), belongs_to_number);
    const auto first = static_cast<std::size_t>(begin - text.begin());
    if (first == 0 && !text.empty()) { // a plain number, with an exponent perhaps
        const auto plain = without_exponent(text);
        const auto amount = plain ? decimal::parse(*plain) : result<decimal>(error(errc::invalid_argument, ""));
        if (amount)
            return amount_text{*amount, {}};
    }
    auto end = std::find_if_not(begin, text.end(), belongs_to_number);
    const auto before = trim(std::string_view(text).substr(0, first));
    const auto behind = trim(std::string_view(text).substr(static_cast<std::size_t>(end - text.begin())));
    if (!before.empty() && !behind.empty())
        return std::nullopt;
    const std::string unit = normal_unit(before.empty() ? behind : before);
    if (!unit.empty() && !is_unit(unit))
        return std::nullopt;
    const auto number = plain_number(trim(std::string_view(begin, end)));
    const auto amount = number ? decimal::parse(*number) : result<decimal>(error(errc::invalid_argument, ""));
    if (!amount)
        return std::nullopt;
    return amount_text{*amount, unit};
}

} // namespace ulak::providers
