// One letter at a time out of UTF-8 and back, for the rooms of text that have to look at letters.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulak {

struct utf8_code_point {
    char32_t value = 0;     ///< never a surrogate, never above U+10FFFF
    std::size_t length = 0; ///< bytes it took
};

/// The first letter of `text`; nullopt when `text` is empty or does not begin with a whole, shortest-form letter.
std::optional<utf8_code_point> decode_first(std::string_view text) noexcept;

/// All letters; nullopt for invalid UTF-8.
std::optional<std::u32string> decode_utf8(std::string_view text);

void append_utf8(std::string& out, char32_t point);

} // namespace ulak
