// What a text costs, and whether its encoding can hold it. Pure.
#pragma once

#include "core/error.hpp"
#include "kinds/sms_send/settings.hpp"
#include "providers/account.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace ulak::kinds::sms {

/// The limits that a text has to keep.
struct text_limits {
    encoding_choice encoding = encoding_choice::automatic;
    bool provider_takes_encoding = true; ///< then no letter may lie beyond both alphabets
    std::size_t max_segments = 0;        ///< 0: any number
};

struct measured_text {
    std::string text{};   ///< with accents joined to their letters
    bool turkish = false; ///< sent in the Turkish alphabet
    int segments = 0;     ///< what one recipient costs
};

/// errc::validation that names the letter or the number of segments.
result<measured_text> measure(const std::string& text, const text_limits& limits);

/// The job's limits, and the provider's where they are narrower.
text_limits limits_of(const message_settings& m, const providers::account& account);

/// The literal parts of a template, which are in every rendered text.
std::string literal_part(const job::text_template& t);

/// The text of an item: its own, or else the common one. Empty where neither is known.
measured_text text_of(const std::string& item_text, const std::optional<measured_text>& common,
                      const text_limits& limits);

} // namespace ulak::kinds::sms
