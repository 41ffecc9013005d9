// Extracts the code from an arrived message.
#pragma once

#include "kinds/otp_acquire/settings.hpp"
#include "providers/capability.hpp"

#include <string>
#include <vector>

namespace ulak::kinds::otp {

struct extracted_code {
    std::string code{};                ///< printable, 64 bytes at most; empty: none, or none is sure
    std::vector<std::string> unsure{}; ///< what weighs the same
    std::string text{};                ///< the message, printable

    bool empty() const noexcept { return code.empty() && unsure.empty(); }
};

/// With `code_pattern` what it finds in the message, its first group if it has one, and nothing else. Without it the
/// code as the provider sent it, else the one in the message: see find_message_code. Digits shorter than `code_length`
/// get zeros on the left.
extracted_code extract_code(const settings& s, const providers::number_status& status);

} // namespace ulak::kinds::otp
