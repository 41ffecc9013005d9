#include "core/sms_substitutes.hpp"

#include "core/detail/sms_alphabet.hpp"
#include "core/utf8.hpp"

#include <algorithm>

namespace ulak {
namespace {

/// Letters from `first` on with the one letter to write instead; a blank: none of its own.
struct base_letters {
    char32_t first;
    std::u32string_view bases;
};

constexpr base_letters accented[] = {
    {0x00C0, U"AAAAAA CEEEEIIIIDNOOOOOxOUUUUY  aaaaaa ceeeeiiiidnooooo ouuuuy y"
             U"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi  JjKkkLlLlLl "
             U" LlNnNnNn NnOoOoOo  RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
             U"bBBb   CcDD   EE FfG   IKkl  NnOOo  PpR    tTtTUu VYyZz         "
             U"             AaIiOoUuUuUuUuUueAaAa    GgKkOoOo  j   Gg  NnAa    "
             U"AaAaEeEeIiIiOoOoRrRrUuUuSsTt  Hh d  ZzAaEeOoOoOoOoYylntj  ACcLTs"
             U"z  B  EeJj  RrYy"},
    {0x1E00, U"AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
             U"MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
             U"WwWwWwWwWwXxXxYyZzZzZzhtwy  ssS AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
             U"EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy      "},
    {0xFF01, U"!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ abcdefghijklmnopqrstuvwxyz{|}~"},
    {0x2070, U"0i  456789+-=()n0123456789+-=()"},
};

struct substitute {
    char32_t letter;
    std::u32string_view written;
};

/// The printed table: signs, blanks and joined letters. In the order of their code points.
constexpr substitute signs[] = {
    {0x0009, U" "},   // tab
    {0x000B, U"\n"},  // vertical tab
    {0x0060, U"'"},   // `
    {0x0085, U"\n"},  // next line
    {0x00A0, U" "},   // no-break space
    {0x00A1, U"!"},   // ¡, which the Turkish alphabet lacks
    {0x00A2, U"c"},   // ¢
    {0x00A6, U"|"},   // ¦
    {0x00A8, U"\""},  // ¨
    {0x00A9, U"(c)"}, // ©
    {0x00AA, U"a"},   // ª
    {0x00AB, U"\""},  // «
    {0x00AD, U""},    // soft hyphen
    {0x00AE, U"(R)"}, // ®
    {0x00AF, U"-"},   // ¯
    {0x00B0, U"o"},   // °
    {0x00B1, U"+/-"}, // ±
    {0x00B2, U"2"},   // ²
    {0x00B3, U"3"},   // ³
    {0x00B4, U"'"},   // ´
    {0x00B5, U"u"},   // µ
    {0x00B7, U"."},   // ·
    {0x00B8, U","},   // ¸
    {0x00B9, U"1"},   // ¹
    {0x00BA, U"o"},   // º
    {0x00BB, U"\""},  // »
    {0x00BC, U"1/4"}, // ¼
    {0x00BD, U"1/2"}, // ½
    {0x00BE, U"3/4"}, // ¾
    {0x00BF, U"?"},   // ¿, which the Turkish alphabet lacks
    {0x00C6, U"AE"},  // Æ, which the Turkish alphabet lacks
    {0x00DE, U"Th"},  // Þ
    {0x00E6, U"ae"},  // æ, which the Turkish alphabet lacks
    {0x00F7, U"/"},   // ÷
    {0x00FE, U"th"},  // þ
    {0x0132, U"IJ"},  // Ĳ
    {0x0133, U"ij"},  // ĳ
    {0x0149, U"'n"},  // ŉ
    {0x014A, U"N"},   // Ŋ
    {0x014B, U"n"},   // ŋ
    {0x0152, U"OE"},  // Œ
    {0x0153, U"oe"},  // œ
    {0x018F, U"E"},   // Ə
    {0x0259, U"e"},   // ə
    {0x02B9, U"'"},   // ʹ
    {0x02BB, U"'"},   // ʻ
    {0x02BC, U"'"},   // ʼ
    {0x02C6, U"^"},   // ˆ
    {0x02C8, U"'"},   // ˈ
    {0x02DC, U"~"},   // ˜
    {0x037E, U";"},   // Greek question mark
    {0x061C, U""},    // Arabic letter mark
    {0x1680, U" "},   // Ogham space mark
    {0x180E, U""},    // Mongolian vowel separator
    {0x2000, U" "},   // en quad
    {0x2001, U" "},   // em quad
    {0x2002, U" "},   // en space
    {0x2003, U" "},   // em space
    {0x2004, U" "},   // three-per-em space
    {0x2005, U" "},   // four-per-em space
    {0x2006, U" "},   // six-per-em space
    {0x2007, U" "},   // figure space
    {0x2008, U" "},   // punctuation space
    {0x2009, U" "},   // thin space
    {0x200A, U" "},   // hair space
    {0x200B, U""},    // zero width space
    {0x200C, U""},    // zero width non-joiner
    {0x200D, U""},    // zero width joiner
    {0x200E, U""},    // left-to-right mark
    {0x200F, U""},    // right-to-left mark
    {0x2010, U"-"},   // ‐
    {0x2011, U"-"},   // ‑
    {0x2012, U"-"},   // ‒
    {0x2013, U"-"},   // –
    {0x2014, U"-"},   // —
    {0x2015, U"-"},   // ―
    {0x2016, U"|"},   // ‖
    {0x2018, U"'"},   // ‘
    {0x2019, U"'"},   // ’
    {0x201A, U","},   // ‚
    {0x201B, U"'"},   // ‛
    {0x201C, U"\""},  // “
    {0x201D, U"\""},  // ”
    {0x201E, U"\""},  // „
    {0x201F, U"\""},  // ‟
    {0x2020, U"+"},   // †
    {0x2022, U"*"},   // •
    {0x2023, U">"},   // ‣
    {0x2024, U"."},   // ․
    {0x2025, U".."},  // ‥
    {0x2026, U"..."}, // …
    {0x2027, U"."},   // ‧
    {0x2028, U"\n"},  // line separator
    {0x2029, U"\n"},  // paragraph separator
    {0x202A, U""},    // marks of writing direction
    {0x202B, U""},     {0x202C, U""}, {0x202D, U""}, {0x202E, U""},   {0x202F, U" "}, // narrow no-break space
    {0x2030, U"o/oo"},                                                                // ‰
    {0x2032, U"'"},                                                                   // ′
    {0x2033, U"\""},                                                                  // ″
    {0x2035, U"'"},                                                                   // ‵
    {0x2036, U"\""},                                                                  // ‶
    {0x2039, U"'"},                                                                   // ‹
    {0x203A, U"'"},                                                                   // ›
    {0x203C, U"!!"},                                                                  // ‼
    {0x2043, U"-"},                                                                   // ⁃
    {0x2044, U"/"},                                                                   // ⁄
    {0x2047, U"??"},                                                                  // ⁇
    {0x2048, U"?!"},                                                                  // ⁈
    {0x2049, U"!?"},                                                                  // ⁉
    {0x205F, U" "},                                                                   // medium mathematical space
    {0x2060, U""},                                                                    // word joiner
    {0x2061, U""},                                                                    // invisible operators
    {0x2062, U""},     {0x2063, U""}, {0x2064, U""}, {0x2066, U""},                   // marks of writing direction
    {0x2067, U""},     {0x2068, U""}, {0x2069, U""}, {0x20A4, U"TL"},                 // ₤
    {0x20BA, U"TL"},                                                                  // ₺
    {0x2103, U"oC"},                                                                  // ℃
    {0x2109, U"oF"},                                                                  // ℉
    {0x2116, U"No"},                                                                  // №
    {0x2122, U"TM"},                                                                  // ™
    {0x212A, U"K"},                                                                   // the Kelvin sign
    {0x212B, U"A"},                                                                   // the Angstrom sign
    {0x2153, U"1/3"},                                                                 // ⅓
    {0x2154, U"2/3"},                                                                 // ⅔
    {0x2190, U"<-"},                                                                  // ←
    {0x2192, U"->"},                                                                  // →
    {0x2194, U"<->"},                                                                 // ↔
    {0x21D2, U"=>"},                                                                  // ⇒
    {0x2212, U"-"},                                                                   // −
    {0x2215, U"/"},                                                                   // ∕
    {0x2217, U"*"},                                                                   // ∗
    {0x2219, U"."},                                                                   // ∙
    {0x2236, U":"},                                                                   // ∶
    {0x223C, U"~"},                                                                   // ∼
    {0x2248, U"~"},                                                                   // ≈
    {0x2260, U"!="},                                                                  // ≠
    {0x2264, U"<="},                                                                  // ≤
    {0x2265, U">="},                                                                  // ≥
    {0x22C5, U"."},                                                                   // ⋅
    {0x2500, U"-"},                                                                   // ─
    {0x2502, U"|"},                                                                   // │
    {0x25AA, U"*"},                                                                   // ▪
    {0x25CF, U"*"},                                                                   // ●
    {0x25E6, U"*"},                                                                   // ◦
    {0x2605, U"*"},                                                                   // ★
    {0x2606, U"*"},                                                                   // ☆
    {0x275B, U"'"},                                                                   // ❛
    {0x275C, U"'"},                                                                   // ❜
    {0x275D, U"\""},                                                                  // ❝
    {0x275E, U"\""},                                                                  // ❞
    {0x3000, U" "},                                                                   // ideographic space
    {0x3164, U" "},                                                                   // Hangul filler
    {0xFB00, U"ff"},                                                                  // ﬀ
    {0xFB01, U"fi"},                                                                  // ﬁ
    {0xFB02, U"fl"},                                                                  // ﬂ
    {0xFB03, U"ffi"},                                                                 // ﬃ
    {0xFB04, U"ffl"},                                                                 // ﬄ
    {0xFEFF, U""},                                                                    // byte order mark
};

static_assert(std::ranges::is_sorted(signs, {}, &substitute::letter));

constexpr char32_t first_accent = 0x0300, last_accent = 0x036F;
constexpr char32_t first_variation = 0xFE00, last_variation = 0xFE0F;

bool is_in(char32_t letter, char32_t first, char32_t last) noexcept
{
    return letter >= first && letter <= last;
}

bool is_blank(char32_t letter) noexcept
{
    const auto written = sms_substitute(letter);
    const auto blank = [](char32_t c) { return c == U' ' || c == U'\n' || c == U'\r'; };
    return blank(letter) || (written && std::ranges::all_of(*written, blank));
}

/// The smaller alphabet, where the letters that neither has say nothing.
sms_alphabet alphabet_asked_by(const std::u32string& letters)
{
    const auto turkish_only = [](char32_t c) { return !sms::gsm_width(c) && sms::turkish_locking_width(c); };
    return std::ranges::any_of(letters, turkish_only) ? sms_alphabet::gsm_turkish : sms_alphabet::gsm;
}

} // namespace

std::optional<std::u32string_view> sms_substitute(char32_t letter) noexcept
{
    const auto sign = std::ranges::lower_bound(signs, letter, {}, &substitute::letter);
    if (sign != std::end(signs) && sign->letter == letter)
        return sign->written;
    if (is_in(letter, first_accent, last_accent) || is_in(letter, first_variation, last_variation))
        return std::u32string_view();
    for (const auto& [first, bases] : accented)
        if (letter >= first && letter - first < bases.size() && bases[letter - first] != U' ')
            return bases.substr(letter - first, 1);
    return std::nullopt;
}

std::vector<char32_t> letters_with_substitutes()
{
    std::vector<char32_t> all;
    for (char32_t letter = 0; letter <= 0xFFFF; ++letter)
        if (sms_substitute(letter))
            all.push_back(letter);
    return all;
}

std::optional<std::u32string> tidy_sms(std::string_view utf8)
{
    const auto decoded = decode_utf8(utf8);
    if (!decoded)
        return std::nullopt;
    auto letters = sms::compose(*decoded);
    for (std::size_t at = letters.find(U"\r\n"); at != letters.npos; at = letters.find(U"\r\n", at))
        letters.erase(at, 1);
    while (!letters.empty() && is_blank(letters.back()))
        letters.pop_back();
    return letters;
}

substituted_sms substitute_sms(const std::u32string& tidy, std::optional<sms_alphabet> alphabet)
{
    const bool turkish = alphabet.value_or(alphabet_asked_by(tidy)) == sms_alphabet::gsm_turkish;
    const auto width = turkish ? sms::turkish_locking_width : sms::gsm_width;
    substituted_sms out;
    out.text.reserve(tidy.size());
    for (std::size_t i = 0; i < tidy.size(); ++i) {
        if (width(tidy[i])) {
            out.text.push_back(tidy[i]);
            continue;
        }
        const auto written = sms_substitute(tidy[i]);
        if (!written) {
            out.unwritable.emplace();
            append_utf8(out.unwritable->utf8, tidy[i]);
            out.unwritable->position = i + 1;
            return out;
        }
        out.text += *written;
        if (out.replaced.find(tidy[i]) == out.replaced.npos)
            out.replaced.push_back(tidy[i]);
    }
    while (!out.text.empty() && is_blank(out.text.back()))
        out.text.pop_back();
    return out;
}

} // namespace ulak
