#include "csv/blank.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace ulak::csv {
namespace {

/// U+00A0, U+200B, U+200E, U+200F, U+202F, U+2060, U+3000, U+FEFF in UTF-8.
constexpr std::array<std::string_view, 8> unseen{"\xC2\xA0",     "\xE2\x80\x8B", "\xE2\x80\x8E", "\xE2\x80\x8F",
                                                 "\xE2\x80\xAF", "\xE2\x81\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};

} // namespace

std::string_view trim_cell(std::string_view cell) noexcept
{
    for (std::size_t before = cell.size() + 1; before != cell.size();) {
        before = cell.size();
        cell = trim(cell);
        for (const std::string_view letter : unseen) {
            if (cell.starts_with(letter))
                cell.remove_prefix(letter.size());
            if (cell.ends_with(letter))
                cell.remove_suffix(letter.size());
        }
    }
    return cell;
}

} // namespace ulak::csv
