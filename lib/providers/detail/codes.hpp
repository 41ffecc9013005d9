// Codes of problems in accounts, U06xx. A code never changes its meaning and is never given out again.
#pragma once

#include <string_view>

namespace ulak::providers::codes {

inline constexpr std::string_view no_login = "U0601";         ///< The account does not say how to log in.
inline constexpr std::string_view two_logins = "U0602";       ///< Two ways to log in; one is to be left out.
inline constexpr std::string_view idle_key = "U0603";         ///< A key that has no effect with the others.
inline constexpr std::string_view bad_password_md5 = "U0604"; ///< password_md5 is not 32 hexadecimal digits.
inline constexpr std::string_view cancel_times = "U0605";     ///< cancel.not_before is not before cancel.free_until.
inline constexpr std::string_view bad_pointer = "U0606";      ///< A code field that is no JSON pointer.
inline constexpr std::string_view bad_pace = "U0607";         ///< A pace that counts what the provider does not have.
inline constexpr std::string_view bad_unit = "U0610";         ///< A unit that is neither a currency nor credits.

} // namespace ulak::providers::codes
