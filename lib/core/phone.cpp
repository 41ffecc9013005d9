#include "core/phone.hpp"

#include "core/utf8.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace ulak {
namespace {

constexpr std::size_t national_digits = 10;

bool is_separator(char32_t c) noexcept
{
    constexpr std::u32string_view signs = U" \t\r\n\v\f()[]-./\u00A0\u00AD\u202F\u205F\u2212\u3000\uFEFF\uFF0D";
    return signs.find(c) != signs.npos || (c >= 0x2000 && c <= 0x2015) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069);
}

// Digits, with one plus in front if there was one. Full-width forms come from East Asian keyboards and spreadsheets.
result<std::string> keep_digits(std::string_view text)
{
    std::string kept;
    while (!text.empty()) {
        const auto letter = decode_first(text);
        if (!letter)
            return error(errc::invalid_argument, "is not valid UTF-8");
        const auto c = letter->value >= 0xFF0B && letter->value <= 0xFF19 ? letter->value - 0xFEE0 : letter->value;
        if ((c >= U'0' && c <= U'9') || (c == U'+' && kept.empty()))
            kept.push_back(static_cast<char>(c));
        else if (!is_separator(c) && !is_separator(letter->value))
            return error(errc::invalid_argument,
                         "holds \"" + printable(text.substr(0, letter->length)) + "\", which no phone number does");
        text.remove_prefix(letter->length);
    }
    return kept;
}

// The digits behind the country code; an error for the code of another country.
result<std::string_view> strip_country_code(std::string_view digits)
{
    const bool plus = digits.starts_with('+');
    const bool zeros = digits.starts_with("00");
    if (!plus && !zeros) {
        const bool coded = digits.starts_with("90") && digits.size() > national_digits;
        return digits.substr(coded ? 2 : 0);
    }
    digits.remove_prefix(plus ? 1 : 2);
    if (!digits.starts_with("90"))
        return error(errc::invalid_argument, "is not a number of Turkey, which begin with +90");
    return digits.substr(2);
}

} // namespace

result<phone> phone::parse(std::string_view text)
{
    const auto kept = keep_digits(text);
    if (!kept)
        return kept.error();
    if (kept->empty())
        return error(errc::invalid_argument, "is empty");
    const auto behind = strip_country_code(*kept);
    if (!behind)
        return behind.error();
    auto national = *behind;
    const bool coded = national.size() != kept->size();
    const bool zero = national.starts_with('0');
    if (zero)
        national.remove_prefix(1);
    if (national.size() != national_digits)
        return error(errc::invalid_argument, std::to_string(national.size()) + " digits, 10 are needed");
    if (national.front() != '5')
        return error(errc::invalid_argument,
                     std::string("begins with ") + national.front() + ", a Turkish mobile number begins with 5");
    return phone(std::string(national), coded && zero);
}

std::string phone::masked() const
{
    return mask_number(digits_);
}

std::string mask_number(std::string_view number)
{
    constexpr std::string_view stars = "***";
    constexpr std::size_t head = 3, tail = 4, hidden = 3; // fewer hidden digits could be guessed
    const auto ascii = [](char c) { return c >= ' ' && c <= '~'; };
    if (number.size() < head + hidden || !std::all_of(number.begin(), number.end(), ascii))
        return std::string(stars);
    if (number.size() < head + hidden + tail)
        return std::string(stars).append(number.substr(number.size() - 2));
    return std::string(number.substr(0, head)).append(stars).append(number.substr(number.size() - tail));
}

std::string mask_long_numbers(std::string_view text)
{
    constexpr std::size_t shortest = 10; // a Turkish number without its zero
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto* begin = text.data() + at;
        const auto digits =
            static_cast<std::size_t>(std::find_if_not(begin, text.data() + text.size(), is_digit) - begin);
        const auto size = std::max<std::size_t>(digits, 1);
        out += digits >= shortest ? mask_number(text.substr(at, digits)) : std::string(text.substr(at, size));
        at += size;
    }
    return out;
}

} // namespace ulak
