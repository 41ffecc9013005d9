#include "core/invisible.hpp"

#include "core/utf8.hpp"

#include <algorithm>
#include <array>

namespace ulak {
namespace {

struct known_letter {
    char32_t first, last;
    std::string_view name;
};

constexpr std::array known_letters{
    known_letter{0xA0, 0xA0, "no-break space"},
    known_letter{0xAD, 0xAD, "soft hyphen"},
    known_letter{0x34F, 0x34F, "grapheme joiner"},
    known_letter{0x61C, 0x61C, "direction mark"},
    known_letter{0x1680, 0x1680, "ogham space"},
    known_letter{0x180E, 0x180E, "vowel separator"},
    known_letter{0x2000, 0x200A, "typographic space"},
    known_letter{0x200B, 0x200B, "zero width space"},
    known_letter{0x200C, 0x200D, "zero width joiner"},
    known_letter{0x200E, 0x200F, "direction mark"},
    known_letter{0x2028, 0x2029, "line separator"},
    known_letter{0x202A, 0x202E, "direction mark"},
    known_letter{0x202F, 0x202F, "narrow no-break space"},
    known_letter{0x205F, 0x205F, "mathematical space"},
    known_letter{0x2060, 0x2064, "word joiner"},
    known_letter{0x2066, 0x206F, "direction mark"},
    known_letter{0x3000, 0x3000, "wide space"},
    known_letter{0x3164, 0x3164, "hangul filler"},
    known_letter{0xFE00, 0xFE0F, "variation mark"},
    known_letter{0xFEFF, 0xFEFF, "byte order mark"},
};

const known_letter* find(char32_t c) noexcept
{
    const auto* it = std::ranges::find_if(known_letters, [c](const auto& k) { return c >= k.first && c <= k.last; });
    return it == known_letters.end() ? nullptr : it;
}

std::string code_of(char32_t c)
{
    std::string digits;
    for (int shift = 12; shift >= 0; shift -= 4)
        digits.push_back("0123456789ABCDEF"[(c >> shift) & 0xF]);
    return "U+" + digits;
}

} // namespace

std::optional<invisible_letter> first_invisible(std::string_view utf8)
{
    std::size_t letter = 0;
    for (std::size_t i = 0; i < utf8.size(); ++letter) {
        const auto c = decode_first(utf8.substr(i));
        if (!c)
            return std::nullopt;
        if (const auto* known = find(c->value))
            return invisible_letter{i, letter, code_of(c->value) + " (" + std::string(known->name) + ")"};
        i += c->length;
    }
    return std::nullopt;
}

std::string with_invisible_named(std::string_view utf8)
{
    std::string out;
    while (!utf8.empty()) {
        const auto c = decode_first(utf8);
        const auto length = c ? c->length : 1;
        if (c && find(c->value) != nullptr)
            out += "<" + code_of(c->value) + ">";
        else
            out += utf8.substr(0, length);
        utf8.remove_prefix(length);
    }
    return out;
}

} // namespace ulak
