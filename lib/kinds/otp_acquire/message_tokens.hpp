// The words of a message, and its numbers that may be a code.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ulak::kinds::otp {

inline constexpr std::size_t fewest_digits = 4, most_digits = 10;

struct token {
    std::size_t begin = 0, end = 0; ///< in the text
    bool candidate = false;         ///< a number; else a word
    std::wstring value{};           ///< of a candidate: without what stands between its groups
};

bool is_digit(wchar_t c);

/// In the order of the text. Groups such as "731 904" are one number; numbers of other lengths are left out.
std::vector<token> find_tokens(const std::wstring& text);

} // namespace ulak::kinds::otp
