// Problem codes of ulak.yaml, U05xx. A code never changes its meaning and is never given out again.
#pragma once

namespace ulak::daemon::code {

inline constexpr char time_zone[] = "U0502";      // no such time zone
inline constexpr char foreign_key[] = "U0504";    // a key that belongs to another provider
inline constexpr char literal_secret[] = "U0505"; // a secret written into the file
inline constexpr char secret_missing[] = "U0506"; // a secret that cannot be found
inline constexpr char secret_open[] = "U0507";    // a secret that others can read
inline constexpr char address[] = "U0508";        // a URL or listening address that cannot be used
inline constexpr char channel[] = "U0509";        // a channel without a destination, or with two
inline constexpr char path[] = "U0510";           // a path that does not exist or cannot be read
inline constexpr char number[] = "U0511";         // a phone number, rate or amount that makes no sense
inline constexpr char name[] = "U0512";           // a name of an account or channel that cannot be used
inline constexpr char account[] = "U0513";        // an account that does not exist or cannot do it
inline constexpr char needs_restart[] = "U0514";  // a change that a running daemon cannot take over
inline constexpr char one_wallet[] = "U0515";     // two accounts with one login
inline constexpr char argument[] = "U0520";       // an argument in which a value could name an option
inline constexpr char secret_lines[] = "U0530";   // a secret with a line break or a NUL byte

} // namespace ulak::daemon::code
