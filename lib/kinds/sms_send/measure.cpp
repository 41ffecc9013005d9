#include "kinds/sms_send/measure.hpp"

#include "core/sms_text.hpp"

#include <utility>

namespace ulak::kinds::sms {
namespace {

error letter_error(const sms_letter& l, const std::string& why)
{
    return error(errc::validation,
                 "the letter \"" + l.utf8 + "\" (letter " + std::to_string(l.position) + " of the text) " + why);
}

/// Operators add a code to each message, which counts as text.
std::size_t segments(std::size_t units, sms_alphabet alphabet)
{
    const segment_capacity have = capacity_of(alphabet);
    const std::size_t all = units + operator_code_units;
    return all <= have.single ? 1 : (all + have.per_segment - 1) / have.per_segment;
}

result<sms_alphabet> alphabet_of(const sms_measurement& shape, const text_limits& limits)
{
    if (limits.encoding == encoding_choice::english && shape.outside_gsm)
        return letter_error(*shape.outside_gsm, "needs encoding: tr or auto, not en");
    if (shape.outside_turkish && (limits.provider_takes_encoding || limits.encoding == encoding_choice::turkish))
        return letter_error(*shape.outside_turkish, "is in neither of the SMS alphabets, en and tr");
    if (limits.encoding == encoding_choice::turkish)
        return sms_alphabet::gsm_turkish;
    return shape.alphabet;
}

} // namespace

result<measured_text> measure(const std::string& text, const text_limits& limits)
{
    auto composed = compose_turkish(text);
    if (!composed)
        return error(errc::validation, "the text is not UTF-8");
    if (composed->empty())
        return error(errc::validation, "the text is empty");
    auto shape = measure_sms(*composed);
    if (!shape)
        return error(errc::validation, shape.error().message);
    auto alphabet = alphabet_of(*shape, limits);
    if (!alphabet)
        return alphabet.error();
    const auto units = *alphabet == shape->alphabet ? std::optional(shape->units) : septets(*composed, *alphabet);
    const std::size_t n = segments(units.value_or(shape->units), *alphabet);
    if (limits.max_segments > 0 && n > limits.max_segments)
        return error(errc::validation, "the text makes " + std::to_string(n) + " segments, at most " +
                                           std::to_string(limits.max_segments) + " are allowed");
    measured_text m;
    m.text = std::move(*composed);
    m.turkish = *alphabet == sms_alphabet::gsm_turkish;
    m.segments = static_cast<int>(n);
    return m;
}

text_limits limits_of(const message_settings& m, const providers::account& account)
{
    text_limits l;
    l.encoding = m.encoding;
    l.provider_takes_encoding = account.can.takes_encoding;
    l.max_segments = m.max_segments;
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
