// Blanks of every kind around a cell: those that nobody sees, too.
#pragma once

#include <string_view>

namespace ulak::csv {

/// Without blanks, tabs, line ends, no-break spaces, marks of width zero and byte order marks on both sides.
std::string_view trim_cell(std::string_view cell) noexcept;
inline bool is_blank(std::string_view cell) noexcept
{
    return trim_cell(cell).empty();
}

} // namespace ulak::csv
