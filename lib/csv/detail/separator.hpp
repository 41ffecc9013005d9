// Which sign stands between the cells of a file. Private to the module.
#pragma once

#include <string>
#include <string_view>

namespace ulak::csv {

/// Of the beginning of a file: comma, semicolon, tab or |. The one by which the first row names the column that is
/// wanted; else the one by which most of the next rows have as many cells as the first.
char find_separator(std::string_view head, std::string_view wanted_column);

/// "sep=;" in the first line, which only spreadsheets read: the sign, and the bytes of the line; 0: there is none.
struct separator_line {
    char separator = 0;
    std::size_t bytes = 0;
};
separator_line read_separator_line(std::string_view head) noexcept;

/// "a semicolon (;)", for people.
std::string separator_name(char separator);

} // namespace ulak::csv
