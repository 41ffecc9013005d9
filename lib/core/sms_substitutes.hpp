// What is written in place of letters that no SMS alphabet has: a word processor's signs, foreign accents, odd blanks.
#pragma once

#include "core/sms_text.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak {

/// What stands in for a letter, of letters that both SMS alphabets have: ’ is ', … is ..., â is a, a no-break space is
/// a space. Empty for what nobody sees (a byte order mark), nullopt where there is nothing to write instead.
std::optional<std::u32string_view> sms_substitute(char32_t letter) noexcept;

/// Every letter with a substitute, in the order of their code points: for the manual.
std::vector<char32_t> letters_with_substitutes();

/// The text as it is sent: accents joined to their letters, line ends as one letter, and without the blanks and line
/// ends at its end, which cost as much as letters. nullopt: not UTF-8.
std::optional<std::u32string> tidy_sms(std::string_view utf8);

/// A text with its substitutes.
struct substituted_sms {
    std::u32string text{};
    std::u32string replaced{};              ///< the letters that were replaced, each once
    std::optional<sms_letter> unwritable{}; ///< the first letter without a substitute; the text is of no use then
};

/// Writes a tidy text in an alphabet that is not `ucs2`; by itself in the one of the two that its letters ask for.
substituted_sms substitute_sms(const std::u32string& tidy, std::optional<sms_alphabet> alphabet);

} // namespace ulak
