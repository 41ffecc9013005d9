// One-time codes as providers write them: a number, a text of digits, or the whole message.
#pragma once

#include "providers/detail/json_value.hpp"

#include <optional>
#include <string>

namespace ulak::providers {

/// Either `code` (ready to be used) or `text` (a message that still hides the code) is set.
struct found_code {
    std::string code{}, text{};
    bool numeric = false; ///< a JSON number: leading zeros may have been lost
};

enum class code_letters { digits_only, also_letters };

/// Nothing for null, "", 0, "-1" and texts without any digit. "123-456" and "123 456" are the code 123456.
/// `also_letters`: a single word of letters and digits is a code too.
std::optional<found_code> find_code(const json_value* v, code_letters letters);

/// Whether a message holds a group of four to eight digits.
bool has_digit_group(std::string_view text) noexcept;

} // namespace ulak::providers
