// The forms in which a secret travels in requests, headers and answers.
#pragma once

#include "core/secret.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ulak::events {

/// The secret as it is, in hex of either case, and in base64 of either alphabet. Percent and JSON escapes are not among
/// them: each byte may be escaped or not, so the text is decoded instead (`decoded_text`).
std::vector<secret> encodings_of(std::string_view text);

/// Without padding, so that it is found within longer texts. `c62` and `c63` are the last two digits of the alphabet.
std::string base64(std::string_view bytes, char c62, char c63);

} // namespace ulak::events
