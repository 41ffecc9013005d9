#include "core/letter_name.hpp"

#include "core/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace ulak {
namespace {

struct named_letters {
    char32_t first, last;
    std::string_view name;
};

// In the order of their code points.
constexpr named_letters invisible[] = {
    {0x0000, 0x0000, "a zero byte"},
    {0x0001, 0x0008, "a control character"},
    {0x0009, 0x0009, "tab"},
    {0x000A, 0x000A, "line feed"},
    {0x000B, 0x000B, "vertical tab"},
    {0x000C, 0x000C, "form feed"},
    {0x000D, 0x000D, "carriage return"},
    {0x000E, 0x001F, "a control character"},
    {0x0020, 0x0020, "space"},
    {0x007F, 0x0084, "a control character"},
    {0x0085, 0x0085, "next line"},
    {0x0086, 0x009F, "a control character"},
    {0x00A0, 0x00A0, "no-break space"},
    {0x00AD, 0x00AD, "soft hyphen"},
    {0x0300, 0x036F, "an accent without its letter"},
    {0x061C, 0x061C, "Arabic letter mark"},
    {0x1680, 0x1680, "Ogham space mark"},
    {0x180E, 0x180E, "Mongolian vowel separator"},
    {0x2000, 0x2006, "a space of some width"},
    {0x2007, 0x2007, "figure space"},
    {0x2008, 0x2008, "punctuation space"},
    {0x2009, 0x2009, "thin space"},
    {0x200A, 0x200A, "hair space"},
    {0x200B, 0x200B, "zero width space"},
    {0x200C, 0x200C, "zero width non-joiner"},
    {0x200D, 0x200D, "zero width joiner"},
    {0x200E, 0x200E, "left-to-right mark"},
    {0x200F, 0x200F, "right-to-left mark"},
    {0x2028, 0x2028, "line separator"},
    {0x2029, 0x2029, "paragraph separator"},
    {0x202A, 0x202E, "a mark of writing direction"},
    {0x202F, 0x202F, "narrow no-break space"},
    {0x205F, 0x205F, "medium mathematical space"},
    {0x2060, 0x2060, "word joiner"},
    {0x2061, 0x2064, "an invisible operator"},
    {0x2066, 0x206F, "a mark of writing direction"},
    {0x3000, 0x3000, "ideographic space"},
    {0x3164, 0x3164, "Hangul filler"},
    {0xFE00, 0xFE0F, "variation selector"},
    {0xFEFF, 0xFEFF, "byte order mark"},
    {0xFFF9, 0xFFFB, "an annotation mark"},
    {0xE0000, 0xE007F, "tag character"},
};

static_assert(std::ranges::is_sorted(invisible, {}, &named_letters::first));

std::string utf8_of(char32_t letter)
{
    std::string out;
    append_utf8(out, letter);
    return out;
}

} // namespace

std::string code_point_text(char32_t letter)
{
    std::array<char, 16> text{};
    const int length = std::snprintf(text.data(), text.size(), "U+%04lX", static_cast<unsigned long>(letter));
    return std::string(text.data(), static_cast<std::size_t>(length));
}

std::string_view invisible_letter_name(char32_t letter) noexcept
{
    const auto after = std::ranges::upper_bound(invisible, letter, {}, &named_letters::first);
    if (after == std::begin(invisible) || std::prev(after)->last < letter)
        return {};
    return std::prev(after)->name;
}

std::string letter_name(char32_t letter)
{
    if (const auto name = invisible_letter_name(letter); !name.empty())
        return code_point_text(letter) + " (" + std::string(name) + ")";
    return "\"" + utf8_of(letter) + "\" (" + code_point_text(letter) + ")";
}

std::string short_letter_name(char32_t letter)
{
    if (!invisible_letter_name(letter).empty())
        return code_point_text(letter);
    return "‘" + utf8_of(letter) + "’";
}

} // namespace ulak
