// How many messages a text makes: alphabets of 3GPP 23.038, septets and segments. An estimate; the provider's bill
// decides.
#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulak {

enum class sms_alphabet { gsm, gsm_turkish, ucs2 };

std::string_view name(sms_alphabet alphabet) noexcept;

/// The first letter that a smaller alphabet does not have.
struct sms_letter {
    std::string utf8;         ///< "ş"
    std::size_t position = 0; ///< counted in letters, from 1
};

/// How a text is coded and how many messages it makes.
struct sms_measurement {
    sms_alphabet alphabet = sms_alphabet::gsm;
    std::size_t units = 0; ///< septets (gsm, Turkish locking shift) or UTF-16 units (ucs2), without the operator code
    std::size_t segments = 0;                    ///< with the operator's code of five characters counted in
    std::optional<sms_letter> outside_gsm{};     ///< why it is not `gsm`
    std::optional<sms_letter> outside_turkish{}; ///< why it is not `gsm_turkish`
};

/// Capacity of a lone segment and of each of several, in units of the alphabet: 160/153, 155/149, 70/67 (8-bit
/// reference).
struct segment_capacity {
    std::size_t single = 0;
    std::size_t per_segment = 0;
};
segment_capacity capacity_of(sms_alphabet alphabet) noexcept;

/// The blank and four characters that the operator adds to bulk SMS (BTK 2016/DK-YED/211 article 5).
inline constexpr std::size_t operator_code_units = 5;

/// Classifies valid UTF-8 (it is normalised to NFC for the Turkish letters first). Invalid UTF-8:
/// errc::invalid_argument.
result<sms_measurement> measure_sms(std::string_view utf8, bool operator_code = true);

/// Segments of a text in one alphabet, with the operator's code counted in. A letter that the alphabet does not have
/// counts as one unit, which tells what the text would cost without it. Invalid UTF-8 is one segment.
std::size_t segments_in(std::string_view utf8, sms_alphabet alphabet);

/// Septets of the text in one alphabet, nullopt where it cannot be written in it. `single_shift` counts the seven
/// Turkish letters double.
std::optional<std::size_t> septets(std::string_view utf8, sms_alphabet alphabet, bool single_shift = false);

/// The text with separate accents joined to their letters (g + U+0306 becomes ğ), as `measure_sms` counts it. Send this
/// one: otherwise a text typed with separate accents would go as UCS-2, which is dearer. nullopt: not UTF-8.
std::optional<std::string> compose_turkish(std::string_view utf8);

} // namespace ulak
