#include "kinds/sms_send/measure.hpp"

#include "core/letter_name.hpp"
#include "core/sms_substitutes.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"
#include "http/form.hpp"

#include <utility>

namespace ulak::kinds::sms {
namespace {

/// Why a text cannot be sent: in a sentence, and in a word.
struct refusal {
    std::string message, reason;
};
using written = boost::system::result<measured_text, refusal>;

std::string name_of(const sms_letter& l)
{
    const auto letter = decode_first(l.utf8);
    return letter ? letter_name(letter->value) : std::string("a letter");
}

refusal letter_refusal(const sms_letter& l, const std::string& why)
{
    const auto letter = decode_first(l.utf8);
    return {"the letter " + name_of(l) + ", letter " + std::to_string(l.position) + " of the text, " + why,
            std::string(letter_reason) + (letter ? short_letter_name(letter->value) : std::string())};
}

std::string utf8_of(const std::u32string& letters)
{
    std::string out;
    out.reserve(letters.size());
    for (const char32_t letter : letters)
        append_utf8(out, letter);
    return out;
}

std::optional<sms_alphabet> chosen_alphabet(encoding_choice choice) noexcept
{
    if (choice == encoding_choice::automatic)
        return std::nullopt;
    return choice == encoding_choice::turkish ? sms_alphabet::gsm_turkish : sms_alphabet::gsm;
}

/// Letters that the text needs in one alphabet and the other does not have: `en` is never guessed into Turkish letters.
std::optional<refusal> outside_choice(const sms_measurement& shape, const std::u32string& letters,
                                      const text_limits& limits)
{
    if (limits.encoding != encoding_choice::english || !shape.outside_gsm)
        return std::nullopt;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        sms_letter letter;
        append_utf8(letter.utf8, letters[i]);
        letter.position = i + 1;
        if (!septets(letter.utf8, sms_alphabet::gsm) && septets(letter.utf8, sms_alphabet::gsm_turkish))
            return letter_refusal(letter, "needs encoding: tr or auto, not en");
    }
    return std::nullopt;
}

/// The first letter that cannot be written as it is; nothing: all can.
std::optional<sms_letter> letter_outside(const std::string& text, const sms_measurement& shape,
                                         const std::u32string& letters, const text_limits& limits)
{
    if (limits.encoding == encoding_choice::english)
        return shape.outside_gsm;
    if (limits.encoding == encoding_choice::automatic || septets(text, sms_alphabet::gsm_turkish))
        return shape.outside_turkish;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        sms_letter letter;
        append_utf8(letter.utf8, letters[i]);
        letter.position = i + 1;
        if (!septets(letter.utf8, sms_alphabet::gsm_turkish))
            return letter;
    }
    return std::nullopt;
}

/// Counts the segments in the alphabet that is written, and in the one that would have been cheaper.
measured_text count(std::string text, const sms_measurement& shape, const text_limits& limits)
{
    measured_text m;
    m.text = std::move(text);
    m.alphabet = chosen_alphabet(limits.encoding).value_or(shape.alphabet);
    if (shape.alphabet == sms_alphabet::ucs2)
        m.alphabet = sms_alphabet::ucs2;
    m.turkish = m.alphabet == sms_alphabet::gsm_turkish;
    m.segments = static_cast<int>(m.alphabet == shape.alphabet ? shape.segments : segments_in(m.text, m.alphabet));
    const auto& dear = m.alphabet == sms_alphabet::ucs2 ? shape.outside_turkish : shape.outside_gsm;
    if (dear)
        m.forced_by = name_of(*dear);
    m.segments_without = m.segments;
    if (dear)
        m.segments_without = static_cast<int>(
            segments_in(m.text, m.alphabet == sms_alphabet::ucs2 ? sms_alphabet::gsm_turkish : sms_alphabet::gsm));
    return m;
}

/// Puts substitutes where the job wants them, or says which letter has none.
written write(std::u32string letters, const text_limits& limits)
{
    std::string text = utf8_of(letters);
    const auto shape = measure_sms(text);
    if (!shape)
        return refusal{shape.error().message, "not UTF-8"};
    if (auto outside = outside_choice(*shape, letters, limits))
        return *std::move(outside);
    const auto letter = letter_outside(text, *shape, letters, limits);
    if (!letter)
        return count(std::move(text), *shape, limits);
    if (limits.unsupported != unsupported_letters::replace)
        return letter_refusal(*letter, limits.encoding == encoding_choice::english
                                           ? "is not in the alphabet of encoding: en"
                                           : "is in neither of the SMS alphabets, en and tr");
    auto changed = substitute_sms(letters, chosen_alphabet(limits.encoding));
    if (!changed.unwritable) {
        text = utf8_of(changed.text);
        const auto written_shape = measure_sms(text);
        if (!written_shape)
            return refusal{written_shape.error().message, "not UTF-8"};
        auto counted = count(std::move(text), *written_shape, limits);
        counted.replaced = std::move(changed.replaced);
        return counted;
    }
    if (limits.provider_takes_encoding || limits.encoding != encoding_choice::automatic)
        return letter_refusal(*changed.unwritable,
                              "is in neither of the SMS alphabets, en and tr, and nothing stands for it");
    return count(std::move(text), *shape, limits); // as UCS-2, which holds every letter as it is
}

written measure_text(const std::string& text, const text_limits& limits)
{
    auto letters = tidy_sms(text);
    if (!letters)
        return refusal{"the text is not UTF-8", "not UTF-8"};
    if (letters->empty())
        return refusal{text.empty() ? "the text is empty" : "the text is blank: there is nothing to send", "blank"};
    auto m = write(*std::move(letters), limits);
    if (!m)
        return m;
    if (trim(m->text).empty())
        return refusal{"the text is blank: there is nothing to send", "blank"};
    const auto n = static_cast<std::size_t>(m->segments);
    if (limits.max_segments > 0 && n > limits.max_segments)
        return refusal{"the text makes " + std::to_string(n) + " segments, at most " +
                           std::to_string(limits.max_segments) + " are allowed" +
                           (m->segments_without < m->segments
                                ? "; without " + m->forced_by + " it makes " + std::to_string(m->segments_without)
                                : std::string()),
                       std::string(too_long)};
    if (limits.max_encoded > 0 && http::percent_encode(m->text).size() > limits.max_encoded)
        return refusal{"the text is too long for an account that sends it in a URL: at most " +
                           std::to_string(limits.max_encoded) + " bytes, each letter outside of ASCII has six or more",
                       std::string(too_long)};
    return m;
}

} // namespace

result<measured_text> measure(const std::string& text, const text_limits& limits)
{
    auto m = measure_text(text, limits);
    if (!m)
        return error(errc::validation, m.error().message);
    return *std::move(m);
}

std::string_view alphabet_word(sms_alphabet alphabet) noexcept
{
    switch (alphabet) {
    case sms_alphabet::gsm: return "gsm";
    case sms_alphabet::gsm_turkish: return "tr";
    case sms_alphabet::ucs2: break;
    }
    return "ucs2";
}

std::string refusal_reason(const std::string& text, const text_limits& limits)
{
    const auto m = measure_text(text, limits);
    return m ? std::string() : m.error().reason;
}

text_limits limits_of(const message_settings& m, const providers::account& account)
{
    text_limits l;
    l.encoding = m.encoding;
    l.unsupported = m.unsupported;
    l.provider_takes_encoding = account.sms && account.sms->takes_encoding();
    l.max_segments = m.max_segments;
    l.max_encoded = account.sms ? account.sms->max_encoded_text() : 0;
    const std::size_t theirs = account.sms ? account.sms->max_segments() : 0;
    if (theirs > 0 && (l.max_segments == 0 || l.max_segments > theirs))
        l.max_segments = theirs;
    return l;
}

std::string literal_part(const job::text_template& t)
{
    static const std::string nothing;
    auto rendered = t.render([](std::string_view) { return &nothing; });
    return rendered ? *rendered : std::string();
}

measured_text text_of(const std::string& item_text, const std::optional<measured_text>& common,
                      const text_limits& limits)
{
    if (item_text.empty() && common)
        return *common;
    auto measured = measure(item_text, limits);
    return measured ? *measured : measured_text();
}

} // namespace ulak::kinds::sms
