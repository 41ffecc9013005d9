// The alphabets of 3GPP 23.038 (V18), one letter at a time.
#pragma once

#include <optional>
#include <string>

namespace ulak::sms {

/// Septets of one letter, nullopt where the alphabet does not have it.
std::optional<std::size_t> gsm_width(char32_t letter) noexcept;             ///< default table and its extension
std::optional<std::size_t> turkish_locking_width(char32_t letter) noexcept; ///< A.3.1 with the default extension
std::optional<std::size_t> turkish_single_width(char32_t letter) noexcept;  ///< default table with A.2.1

/// Joins the combining marks U+0300 … U+0327 to the letters that Turkish and its neighbours use (a part of NFC).
std::u32string compose(const std::u32string& letters);

} // namespace ulak::sms
