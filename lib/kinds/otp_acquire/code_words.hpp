// Words of messages that tell a code from other numbers, in the languages that such messages come in. All in the folded
// form of message_text: small letters without signs.
#pragma once

#include <cstddef>
#include <string_view>

namespace ulak::kinds::otp {

/// Whether a word means a code: "kodunuz", "Einmalkennwort", "验证码". Of scripts without blanks a word may be a
/// sentence.
bool is_code_word(std::wstring_view word);
/// Whether a word before a code word or a number makes it that of something else: an order, a card, a discount, a
/// phone.
bool is_reference_word(std::wstring_view word);
/// "siparis kodu": the code word is that of an order.
bool is_modifier(std::wstring_view word);
/// "eski kodunuz": what the word speaks of is over.
bool is_old_word(std::wstring_view word);
/// "is", "ist", "es": what follows is what was spoken of.
bool is_copula(std::wstring_view word);
/// "ve", "and": the number behind is one more of the same.
bool is_conjunction(std::wstring_view word);

} // namespace ulak::kinds::otp
