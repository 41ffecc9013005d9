#include "core/sms_text.hpp"

#include "core/detail/sms_alphabet.hpp"
#include "core/utf8.hpp"

#include <vector>

namespace ulak {
namespace {

using width_of = std::optional<std::size_t> (*)(char32_t) noexcept;

std::optional<std::size_t> ucs2_width(char32_t letter) noexcept
{
    return letter > 0xFFFF ? 2 : 1;
}

width_of width_function(sms_alphabet alphabet) noexcept
{
    switch (alphabet) {
    case sms_alphabet::gsm: return sms::gsm_width;
    case sms_alphabet::gsm_turkish: return sms::turkish_locking_width;
    case sms_alphabet::ucs2: break;
    }
    return ucs2_width;
}

std::optional<sms_letter> first_unencodable(const std::u32string& letters, width_of width)
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

std::optional<std::size_t> total_width(const std::u32string& letters, width_of width)
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

// A letter of two units is never torn between two segments, so segments are filled letter by letter; dividing the sum
// would be too few.
std::size_t count_segments(const std::u32string& letters, width_of width, std::size_t added, segment_capacity space)
{
    std::size_t total = added, segments = 1, filled = 0;
    const auto put = [&](std::size_t w) {
        segments += filled + w > space.per_segment;
        filled = filled + w > space.per_segment ? w : filled + w;
    };
    for (const auto letter : letters) {
        const auto w = width(letter).value_or(1);
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
    case sms_alphabet::gsm: return "gsm";
    case sms_alphabet::gsm_turkish: return "gsm_turkish";
    case sms_alphabet::ucs2: return "ucs2";
    }
    return "unknown";
}

segment_capacity capacity_of(sms_alphabet alphabet) noexcept
{
    switch (alphabet) {
    case sms_alphabet::gsm: return {160, 153};
    case sms_alphabet::gsm_turkish: return {155, 149};
    case sms_alphabet::ucs2: break;
    }
    return {70, 67};
}

result<sms_measurement> measure_sms(std::string_view utf8, bool operator_code)
{
    const auto decoded = decode_utf8(utf8);
    if (!decoded)
        return error(errc::invalid_argument, "the message is not valid UTF-8");
    const auto letters = sms::compose(*decoded);
    sms_measurement shape;
    shape.outside_gsm = first_unencodable(letters, sms::gsm_width);
    if (shape.outside_gsm) {
        shape.alphabet = sms_alphabet::gsm_turkish;
        shape.outside_turkish = first_unencodable(letters, sms::turkish_locking_width);
    }
    if (shape.outside_turkish)
        shape.alphabet = sms_alphabet::ucs2;
    const auto width = width_function(shape.alphabet);
    shape.units = total_width(letters, width).value_or(0);
    shape.segments =
        count_segments(letters, width, operator_code ? operator_code_units : 0, capacity_of(shape.alphabet));
    return shape;
}

std::size_t segments_in(std::string_view utf8, sms_alphabet alphabet)
{
    const auto decoded = decode_utf8(utf8);
    if (!decoded)
        return 1;
    return count_segments(sms::compose(*decoded), width_function(alphabet), operator_code_units, capacity_of(alphabet));
}

std::optional<std::size_t> septets(std::string_view utf8, sms_alphabet alphabet, bool single_shift)
{
    const auto decoded = decode_utf8(utf8);
    if (!decoded || alphabet == sms_alphabet::ucs2)
        return std::nullopt;
    const bool single = single_shift && alphabet == sms_alphabet::gsm_turkish;
    return total_width(sms::compose(*decoded), single ? sms::turkish_single_width : width_function(alphabet));
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
