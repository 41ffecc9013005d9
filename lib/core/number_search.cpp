#include "core/number_search.hpp"

#include "core/phone_signs.hpp"
#include "core/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace ulak {
namespace {

constexpr std::size_t shortest_run = 10;      ///< a Turkish number without its zero
constexpr std::size_t shortest_foreign = 8;   ///< behind a plus
constexpr std::size_t longest_number = 15;    ///< ITU-T E.164
constexpr std::size_t most_signs_between = 3; ///< ") - "

/// One letter of the text, or what a percent escape stands for.
struct sign {
    enum class type : std::uint8_t { digit, plus, separator, other };
    type what = type::other;
    char digit = 0; ///< ASCII
    std::size_t first = 0, last = 0;
};

/// The text's bytes with percent escapes decoded, and where each came from.
struct plain_bytes {
    std::string bytes{};
    std::vector<std::size_t> from{}; ///< one more than bytes
};

int hex_value(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

plain_bytes decode_percent(std::string_view text)
{
    plain_bytes out;
    for (std::size_t at = 0; at < text.size();) {
        const bool escape =
            text[at] == '%' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 && hex_value(text[at + 2]) >= 0;
        out.from.push_back(at);
        out.bytes += escape ? static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2])) : text[at];
        at += escape ? 3 : 1;
    }
    out.from.push_back(text.size());
    return out;
}

sign classify(char32_t letter) noexcept
{
    sign s;
    if (const auto digit = digit_of(letter)) {
        s.what = sign::type::digit;
        s.digit = *digit;
    } else if (letter == U'+' || letter == U'\uFF0B')
        s.what = sign::type::plus;
    else if (is_number_separator(letter) || letter == U',' || letter == U'_')
        s.what = sign::type::separator;
    return s;
}

std::vector<sign> read_signs(std::string_view text)
{
    const plain_bytes plain = decode_percent(text);
    std::vector<sign> all;
    for (std::size_t at = 0; at < plain.bytes.size();) {
        const auto letter = decode_first(std::string_view(plain.bytes).substr(at));
        const std::size_t length = letter ? letter->length : 1;
        sign s = letter ? classify(letter->value) : sign();
        s.first = plain.from[at];
        s.last = plain.from[at + length];
        all.push_back(s);
        at += length;
    }
    return all;
}

/// How many digits make a number that begins so; 0: none does.
std::size_t digits_wanted(std::string_view digits, bool plus)
{
    std::size_t prefix = 0;
    if (!plus && digits.starts_with("00"))
        prefix = 2;
    const bool abroad = plus || prefix > 0;
    if (digits.substr(prefix).starts_with("90"))
        prefix += 2;
    else if (abroad)
        return prefix + shortest_foreign;
    if (digits.substr(prefix).starts_with('0'))
        ++prefix;
    const char area = prefix < digits.size() ? digits[prefix] : '0';
    const bool mobile = area == '5';
    const bool landline = prefix > 0 && area >= '2' && area <= '4';
    return mobile || landline ? prefix + shortest_run : 0;
}

/// Reads digits from signs[at], over separators when `apart`, until there are `most` and the row of digits ends.
/// Returns the index behind the last digit.
std::size_t read_digits(const std::vector<sign>& signs, std::size_t at, bool apart, std::size_t most,
                        std::string& digits)
{
    std::size_t end = at, between = 0;
    for (std::size_t i = at; i < signs.size(); ++i) {
        if (signs[i].what == sign::type::digit) {
            if (between > 0 && digits.size() >= most)
                break;
            digits += signs[i].digit;
            end = i + 1;
            between = 0;
        } else if (!apart || signs[i].what == sign::type::other || ++between > most_signs_between)
            break;
    }
    return end;
}

struct match {
    std::size_t end = 0; ///< index behind the last sign
    std::string digits{};
};

/// A number that begins at signs[at], which is a digit without one in front.
std::optional<match> match_at(const std::vector<sign>& signs, std::size_t at)
{
    const bool plus = at > 0 && signs[at - 1].what == sign::type::plus;
    match ahead;
    read_digits(signs, at, true, longest_number, ahead.digits);
    match found;
    if (const std::size_t wanted = digits_wanted(ahead.digits, plus); wanted > 0 && ahead.digits.size() >= wanted) {
        found.end = read_digits(signs, at, true, wanted, found.digits);
        return found;
    }
    found.end = read_digits(signs, at, false, 0, found.digits);
    return found.digits.size() >= shortest_run ? std::optional(std::move(found)) : std::nullopt;
}

} // namespace

std::vector<found_number> find_numbers(std::string_view text)
{
    const std::vector<sign> signs = read_signs(text);
    std::vector<found_number> all;
    for (std::size_t at = 0; at < signs.size();) {
        const bool starts = signs[at].what == sign::type::digit && (at == 0 || signs[at - 1].what != sign::type::digit);
        auto found = starts ? match_at(signs, at) : std::nullopt;
        if (!found) {
            ++at;
            continue;
        }
        all.push_back({signs[at].first, signs[found->end - 1].last, std::move(found->digits)});
        at = found->end;
    }
    return all;
}

} // namespace ulak
