// UTF-8 to code points and back.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulak {

/// A decoded code point.
struct utf8_code_point {
    char32_t value = 0;     ///< never a surrogate, never above U+10FFFF
    std::size_t length = 0; ///< bytes it took
};

/// The first code point; nullopt when `text` is empty or does not begin with a whole one in its shortest form.
std::optional<utf8_code_point> decode_first(std::string_view text) noexcept;

/// All code points; nullopt for invalid UTF-8.
std::optional<std::u32string> decode_utf8(std::string_view text);

/// The text itself, or with U+FFFD in place of each byte that belongs to no letter: for what leaves as UTF-8 whatever
/// came in.
std::string to_valid_utf8(std::string text);

/// Encodes `point`, which is a scalar value: no surrogate, at most U+10FFFF.
void append_utf8(std::string& out, char32_t point);

} // namespace ulak
