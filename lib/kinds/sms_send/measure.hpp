// How a text is written for an account, what it costs, and why it cannot be sent. Pure.
#pragma once

#include "core/error.hpp"
#include "core/sms_text.hpp"
#include "kinds/sms_send/settings.hpp"
#include "providers/account.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::kinds::sms {

/// The limits that a text has to keep.
struct text_limits {
    encoding_choice encoding = encoding_choice::automatic;
    unsupported_letters unsupported = unsupported_letters::replace;
    bool provider_takes_encoding = true; ///< then no letter may lie beyond both alphabets
    std::size_t max_segments = 0;        ///< 0: any number
    std::size_t max_encoded = 0;         ///< bytes in a URL; 0: any number
};

struct measured_text {
    std::string text{};   ///< as it is sent: accents joined, no blanks at its end, letters replaced
    bool turkish = false; ///< sent in the Turkish alphabet
    int segments = 0;     ///< what one recipient costs
    sms_alphabet alphabet = sms_alphabet::gsm;
    std::string forced_by{};   ///< the first letter that a cheaper alphabet does not have, named; empty: none
    int segments_without = 0;  ///< what it would cost without such letters
    std::u32string replaced{}; ///< letters that the text had and others stand for
};

/// errc::validation that names the letter or the number of segments.
result<measured_text> measure(const std::string& text, const text_limits& limits);

/// "gsm", "tr" or "ucs2".
std::string_view alphabet_word(sms_alphabet alphabet) noexcept;

/// The reason of a row whose text makes too many segments.
inline constexpr std::string_view too_long = "too-long";
/// What the reason of a row begins with that has a letter which cannot be sent.
inline constexpr std::string_view letter_reason = "letter ";
/// The same refusal in a word, as a row's reason: "letter ‘á’", `too_long`, "blank", "not UTF-8".
std::string refusal_reason(const std::string& text, const text_limits& limits);

/// The job's limits, and the provider's where they are narrower.
text_limits limits_of(const message_settings& m, const providers::account& account);

/// The literal parts of a template, which are in every rendered text.
std::string literal_part(const job::text_template& t);

/// The text of an item: its own, or else the common one. Empty where neither is known.
measured_text text_of(const std::string& item_text, const std::optional<measured_text>& common,
                      const text_limits& limits);

} // namespace ulak::kinds::sms
