// Letters as an error names them: what can be seen is shown, what cannot is named.
#pragma once

#include <string>
#include <string_view>

namespace ulak {

/// "U+015F"
std::string code_point_text(char32_t letter);

/// The field's name of a letter that nobody sees, "no-break space"; empty for all others.
std::string_view invisible_letter_name(char32_t letter) noexcept;

/// `"ş" (U+015F)` of a letter that shows, `U+00A0 (no-break space)` of one that does not.
std::string letter_name(char32_t letter);

/// What stands for the letter in the reason of a row: "‘ş’", or "U+00A0".
std::string short_letter_name(char32_t letter);

} // namespace ulak
