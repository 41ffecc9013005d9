// What in a message has digits and is no code: links, times, amounts, phone numbers and the like.
#pragma once

#include "kinds/otp_acquire/message_text.hpp"

#include <string>

namespace ulak::kinds::otp {

/// In place of each letter that belongs to such a thing.
inline constexpr wchar_t blotted = 1;

/// The texts with these blotted out, in both at the same places.
message_text blot_out_others(message_text message);

} // namespace ulak::kinds::otp
