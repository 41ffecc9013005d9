#include "core/detail/sms_alphabet.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace ulak::sms {
namespace {

constexpr std::u32string_view default_table = U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                                              U"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u32string_view default_extension = U"\f^{}\\[~]|€";
constexpr std::u32string_view turkish_letters = U"ĞİŞçğış";
constexpr std::u32string_view not_in_locking_table = U"èìØøÆæ¡¿"; // their places hold € and the Turkish letters

static_assert(default_table.size() == 127);

constexpr bool has(std::u32string_view table, char32_t letter) noexcept
{
    return table.find(letter) != table.npos;
}

constexpr char32_t common_letters = 256;

constexpr std::uint8_t find_gsm_width(char32_t letter) noexcept
{
    if (has(default_table, letter))
        return 1;
    return has(default_extension, letter) ? 2 : 0;
}

/// Septets of the letters that nearly all texts are made of; 0: the alphabet does not have it.
constexpr auto common_widths = [] {
    std::array<std::uint8_t, common_letters> widths{};
    for (char32_t letter = 0; letter < common_letters; ++letter)
        widths[letter] = find_gsm_width(letter);
    return widths;
}();

struct combining_mark {
    char32_t combining;
    std::u32string_view bases;
    std::u32string_view composed;
};

constexpr combining_mark combining_marks[] = {
    {U'\u0300', U"AEIOUaeiou", U"ÀÈÌÒÙàèìòù"},   {U'\u0301', U"AEIOUYaeiouy", U"ÁÉÍÓÚÝáéíóúý"},
    {U'\u0302', U"AEIOUaeiou", U"ÂÊÎÔÛâêîôû"},   {U'\u0303', U"ANOano", U"ÃÑÕãñõ"},
    {U'\u0306', U"GgAaUu", U"ĞğĂăŬŭ"},           {U'\u0307', U"IZziı", U"İŻżii"},
    {U'\u0308', U"AEIOUaeiouy", U"ÄËÏÖÜäëïöüÿ"}, {U'\u030A', U"AaUu", U"ÅåŮů"},
    {U'\u030C', U"CSZcsz", U"ČŠŽčšž"},           {U'\u0327', U"CScsTt", U"ÇŞçşŢţ"},
};

constexpr char32_t first_mark = U'\u0300';

char32_t composed_letter(char32_t base, char32_t combining) noexcept
{
    for (const auto& m : combining_marks)
        if (m.combining == combining)
            if (const auto at = m.bases.find(base); at != m.bases.npos)
                return m.composed[at];
    return 0;
}

} // namespace

std::optional<std::size_t> gsm_width(char32_t letter) noexcept
{
    const auto width = letter < common_letters ? common_widths[letter] : find_gsm_width(letter);
    return width > 0 ? std::optional<std::size_t>(width) : std::nullopt;
}

std::optional<std::size_t> turkish_locking_width(char32_t letter) noexcept
{
    if (has(turkish_letters, letter) || letter == U'€')
        return 1;
    if (has(not_in_locking_table, letter))
        return std::nullopt;
    return gsm_width(letter);
}

std::optional<std::size_t> turkish_single_width(char32_t letter) noexcept
{
    if (has(turkish_letters, letter))
        return 2;
    return gsm_width(letter);
}

std::u32string compose(const std::u32string& letters)
{
    std::u32string out;
    out.reserve(letters.size());
    for (const auto letter : letters) {
        const auto joined = out.empty() || letter < first_mark ? 0 : composed_letter(out.back(), letter);
        if (joined != 0)
            out.back() = joined;
        else
            out.push_back(letter);
    }
    return out;
}

} // namespace ulak::sms
