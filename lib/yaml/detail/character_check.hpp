// Characters that must not be in a file at all, found before the parser sees them.
#pragma once

#include "yaml/source_text.hpp"

#include <string_view>

namespace ulak::yaml {

/// Reports bytes that are not UTF-8 and control characters, each with its place. False if the parser must not see the
/// text: yaml-cpp takes byte 4 for the end of the file and guesses other encodings.
bool check_characters(const source_text& source, problems& found);

/// Whether decoded text holds a control character; tab and line ends are none.
bool has_control_character(std::string_view text) noexcept;

} // namespace ulak::yaml
