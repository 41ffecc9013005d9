#include "core/sms_text.hpp"

#include "core/sms_alphabet.hpp"
#include "core/utf8.hpp"

#include <vector>

namespace ulak {
namespace {

using width_of = std::optional<std::size_t> (*)(char32_t) noexcept;

std::optional<std::size_t> ucs2_width(char32_t letter) noexcept
{
    return letter > 0xFFFF ? 2 : 1;
}

width_of table(sms_alphabet alphabet) noexcept
{
    switch (alphabet) {
    case sms_alphabet::gsm:
        return sms::gsm_width;
    case sms_alphabet::gsm_turkish:
        return sms::turkish_locking_width;
    case sms_alphabet::ucs2:
        break;
    }
    return ucs2_width;
}

std::optional<sms_letter> first_outside(const std::u32string& letters, width_of width)
{
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (!width(letters[i])) {
            sms_letter found;
            append_utf8(found.utf8, letters[i]);
            found.position = i + 1;
            return found;
        }
    return std::nullopt;
}

std::optional<std::size_t> sum(const std::u32string& letters, width_of width)
{
    std::size_t units = 0;
    for (const auto letter : letters) {
        const auto w = width(letter);
        if (!w)
            return std::nullopt;
        units += *w;
    }
    return units;
}

// A letter of two units is never torn between two segments, so the boundary is walked, not divided.
std::size_t count_segments(const std::u32string& letters, width_of width, std::size_t added, sms_room space)
{
    std::size_t total = added, segments = 1, filled = 0;
    const auto put = [&](std::size_t w) {
        segments += filled + w > space.each;
        filled = filled + w > space.each ? w : filled + w;
    };
    for (const auto letter : letters) {
        const auto w = width(letter).value_or(0);
        total += w;
        put(w);
    }
    for (std::size_t i = 0; i < added; ++i)
        put(1);
    return total <= space.single ? 1 : segments;
}

} // namespace

std::string_view name(sms_alphabet alphabet) noexcept
{
    switch (alphabet) {
    case sms_alphabet::gsm:
        return "gsm";
    case sms_alphabet::gsm_turkish:
        return "gsm_turkish";
    case sms_alphabet::ucs2:
        return "ucs2";
    }
    return "unknown";
}

sms_room room(sms_alphabet alphabet) noexcept
{
    switch (alphabet) {
    case sms_alphabet::gsm:
        return {160, 153};
    case sms_alphabet::gsm_turkish:
        return {155, 149};
    case sms_alphabet::ucs2:
        break;
    }
    return {70, 67};
}

result<sms_shape> measure_sms(std::string_view utf8, bool operator_code)
{
    const auto decoded = decode_utf8(utf8);
    if (!decoded)
        return error(errc::invalid_argument, "the message is not valid UTF-8");
    const auto letters = sms::compose(*decoded);
    sms_shape shape;
    shape.beyond_gsm = first_outside(letters, sms::gsm_width);
    if (shape.beyond_gsm) {
        shape.alphabet = sms_alphabet::gsm_turkish;
        shape.beyond_turkish = first_outside(letters, sms::turkish_locking_width);
    }
    if (shape.beyond_turkish)
        shape.alphabet = sms_alphabet::ucs2;
    const auto width = table(shape.alphabet);
    shape.units = sum(letters, width).value_or(0);
    shape.segments = count_segments(letters, width, operator_code ? operator_code_units : 0, room(shape.alphabet));
    return shape;
}

std::optional<std::size_t> septets(std::string_view utf8, sms_alphabet alphabet, bool single_shift)
{
    const auto decoded = decode_utf8(utf8);
    if (!decoded || alphabet == sms_alphabet::ucs2)
        return std::nullopt;
    const bool single = single_shift && alphabet == sms_alphabet::gsm_turkish;
    return sum(sms::compose(*decoded), single ? sms::turkish_single_width : table(alphabet));
}

std::optional<std::string> compose_turkish(std::string_view utf8)
{
    const auto decoded = decode_utf8(utf8);
    if (!decoded)
        return std::nullopt;
    std::string out;
    out.reserve(utf8.size());
    for (const auto letter : sms::compose(*decoded))
        append_utf8(out, letter);
    return out;
}

} // namespace ulak
