// The signs that phone numbers are written with.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

namespace ulak {

/// '0' to '9' for a digit: ASCII, full-width (East Asian keyboards and spreadsheets) or Arabic.
constexpr std::optional<char> digit_of(char32_t c) noexcept
{
    for (const char32_t zero : {U'0', U'\u0660', U'\u06F0', U'\uFF10'})
        if (c >= zero && c <= zero + 9)
            return static_cast<char>('0' + (c - zero));
    return std::nullopt;
}

/// What may stand between two digits of one number: blanks of every kind, brackets, dashes, dots and slashes.
constexpr bool is_number_separator(char32_t c) noexcept
{
    constexpr std::u32string_view signs = U" \t\r\n\v\f()[]-./\u00A0\u00AD\u202F\u205F\u2212\u3000\uFEFF\uFF0D";
    return signs.find(c) != signs.npos || (c >= 0x2000 && c <= 0x2015) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069);
}

} // namespace ulak
