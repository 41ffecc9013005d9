#include "core/letter_case.hpp"

#include "core/utf8.hpp"

namespace ulak {
namespace {

// Latin Extended-A holds pairs of a capital and its small letter. The capital has the even number in some ranges and
// the odd one in others.
bool capital_is_even(char32_t c) noexcept
{
    return (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14A && c <= 0x177);
}

bool capital_is_odd(char32_t c) noexcept
{
    return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
}

char32_t to_upper(char32_t c) noexcept
{
    if (c == U'i')
        return U'İ';
    if (c == U'ı')
        return U'I';
    if ((c >= U'a' && c <= U'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7))
        return c - 0x20;
    if (c == 0xFF)
        return 0x178;
    if (capital_is_even(c))
        return c & ~char32_t{1};
    if (capital_is_odd(c))
        return c - (c % 2 == 0 ? 1 : 0);
    return c;
}

char32_t to_lower(char32_t c) noexcept
{
    if (c == U'İ')
        return U'i';
    if (c == U'I')
        return U'ı';
    if ((c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 0x20;
    if (c == 0x178)
        return 0xFF;
    if (capital_is_even(c))
        return c | 1;
    if (capital_is_odd(c))
        return c + c % 2;
    return c;
}

std::string map_code_points(std::string_view text, char32_t (*change)(char32_t) noexcept)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto letter = decode_first(text);
        if (letter)
            append_utf8(out, change(letter->value));
        else
            out.push_back(text.front());
        text.remove_prefix(letter ? letter->length : 1);
    }
    return out;
}

} // namespace

std::string turkish_upper(std::string_view utf8)
{
    return map_code_points(utf8, to_upper);
}

std::string turkish_lower(std::string_view utf8)
{
    return map_code_points(utf8, to_lower);
}

std::string lower_ascii(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string upper_ascii(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return out;
}

} // namespace ulak
