#include "core/printable.hpp"

#include "core/utf8.hpp"

#include <algorithm>

namespace ulak {
namespace {

constexpr std::string_view ellipsis = "…";

// Code points that a terminal obeys or a reader cannot see: C0, DEL, C1, line separators, direction marks and joiners.
bool is_unsafe(char32_t c) noexcept
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

std::string hex_digits(char32_t c, int digits)
{
    std::string out;
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out.push_back("0123456789abcdef"[(c >> shift) & 0xF]);
    return out;
}

std::string escaped(char32_t c)
{
    switch (c) {
    case U'\n': return "\\n";
    case U'\r': return "\\r";
    case U'\t': return "\\t";
    default: break;
    }
    if (c < 0x80)
        return "\\x" + hex_digits(c, 2);
    if (c < 0x10000)
        return "\\u" + hex_digits(c, 4);
    return "\\U" + hex_digits(c, 8);
}

// Takes one letter or one broken byte from the front of `text`.
std::string next_piece(std::string_view& text)
{
    const auto letter = decode_first(text);
    std::string piece;
    if (!letter)
        piece = "\\x" + hex_digits(static_cast<unsigned char>(text.front()), 2);
    else if (is_unsafe(letter->value))
        piece = escaped(letter->value);
    else
        piece = text.substr(0, letter->length);
    text.remove_prefix(letter ? letter->length : 1);
    return piece;
}

} // namespace

std::string printable(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit && std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; }))
        return std::string(text); // nearly all texts are plain ASCII
    std::string out;
    std::size_t cut_here = 0; // the last place at which the mark still fits
    while (!text.empty()) {
        if (out.size() + ellipsis.size() <= limit)
            cut_here = out.size();
        const auto piece = next_piece(text);
        if (out.size() + piece.size() > limit) {
            out.resize(cut_here);
            return limit < ellipsis.size() ? out : out.append(ellipsis);
        }
        out += piece;
    }
    return out;
}

} // namespace ulak
