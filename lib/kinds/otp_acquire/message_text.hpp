// Messages as people get them, in one form: plain text, digits of ASCII, plain dashes and blanks.
#pragma once

#include <string>
#include <string_view>

namespace ulak::kinds::otp {

/// A message in code points. Both texts have the same length, so that a place in one is the same place in the other.
struct message_text {
    std::wstring text{};   ///< HTML, direction marks and quotes around the whole taken off; digits of any script as 0-9
    std::wstring folded{}; ///< in small letters, Turkish and accented Latin ones as plain ASCII
};

/// Invalid UTF-8 is read byte by byte. At most `longest_message` code points are looked at.
message_text normalize_message(std::string_view utf8);

inline constexpr std::size_t longest_message = 8192;

} // namespace ulak::kinds::otp
