// Extracts the code from an arrived message.
#pragma once

#include "kinds/otp_acquire/settings.hpp"
#include "providers/capability.hpp"

#include <string>

namespace ulak::kinds::otp {

/// The first of these that gives something, as printable text of at most 64 bytes:
///   1. `code_pattern` on the message, its first group if it has one
///   2. the code as the provider sent it
///   3. the first run of 4 to 8 digits in the message, or "123-456" without the dash
///   4. the whole message: the number is paid, so a person may still find the code in it
/// Digits shorter than `code_length` get zeros on the left. Empty: nothing usable.
std::string extract_code(const settings& s, const providers::number_status& status);

} // namespace ulak::kinds::otp
