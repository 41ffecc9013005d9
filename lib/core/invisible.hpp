// Letters that nobody sees in an editor, by name.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulak {

struct invisible_letter {
    std::size_t offset = 0; ///< in bytes
    std::size_t letter = 0; ///< its place in letters, from 0
    std::string name{};     ///< "U+00A0 (no-break space)"
};

/// The first one: blanks that are none, marks of direction, joiners, soft hyphens and the like. Not the blank, the tab
/// and line ends.
std::optional<invisible_letter> first_invisible(std::string_view utf8);

/// The text with each of them written as `<U+00A0>`.
std::string with_invisible_named(std::string_view utf8);

} // namespace ulak
