// Finds phone numbers in texts of any kind, however they are written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ulak {

/// Bytes [first, last) of the text, from the first digit to the last one; a plus in front is left out.
struct found_number {
    std::size_t first = 0, last = 0;
    std::string digits{}; ///< as ASCII, without what stands between them
};

/// In order, apart from one another. A number is
///   ten digits or more in a row, whatever they mean
///   a number of Turkey whose digits are apart: 0555 111 22 33, +90 (555) 111-22-33, 555.111.22.33, 0 212 555 11 22
///   a plus and eight digits or more of another country
/// Digits may be full-width or Arabic, and all of it percent-encoded; letters and signs around it do not matter. What
/// only looks like a number is found, too: a text may lose a date, never show a person.
std::vector<found_number> find_numbers(std::string_view text);

} // namespace ulak
