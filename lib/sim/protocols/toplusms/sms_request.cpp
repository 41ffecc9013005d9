#include "sim/protocols/toplusms/sms_request.hpp"

#include "core/sms_text.hpp"
#include "core/text.hpp"
#include "sim/detail/civil_time.hpp"
#include "sim/detail/recipients.hpp"
#include "sim/protocols/toplusms/replies.hpp"

#include <algorithm>

namespace ulak::sim::toplusms {

void read_numbers(call& c, std::string_view list, std::string_view separators, bool loose, sms_request& w)
{
    while (!list.empty()) {
        auto end = list.find_first_of(separators);
        auto one = list.substr(0, end);
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
        if (!loose && one.ends_with('\r')) // ENTER in a form is CR LF
            one.remove_suffix(1);
        if (auto n = loose ? parse_loose_number(one) : parse_strict_number(one))
            w.numbers.push_back(*n);
        else
            c.add_mistake("the number " + masked_number(one) + " (" + std::to_string(one.size()) +
                          " characters) is not ten digits that begin with 5; it is left out");
    }
    check_duplicates(c, w.numbers);
}

void read_validity(call& c, std::optional<std::string_view> text, sms_request& w)
{
    constexpr std::int64_t longest = 48;
    if (!text || text->empty())
        return;
    auto hours = parse_id(*text);
    if (hours && *hours >= 1 && *hours <= longest)
        w.validity = static_cast<std::int64_t>(*hours);
    else
        c.add_mistake("validity \"" + printable(*text, 20) +
                      "\" is not a whole number from 1 to 48; 48 hours are taken");
}

bool read_due(call& c, std::string_view text, sms_request& w)
{
    w.due = c.now();
    if (text.empty())
        return true;
    auto due = parse_turkish_time(text, "Y-m-d H:i:s");
    if (!due) {
        c.add_mistake("senddate \"" + printable(text, 30) + "\" is not Y-m-d H:i:s");
        return false;
    }
    w.scheduled = *due > c.now();
    w.due = std::max(*due, c.now());
    return true;
}

std::optional<http::reply> content_problem(call& c, const sms_request& w)
{
    if (!is_sender_approved(c, w.caption)) {
        if (!is_sender_well_formed(w.caption))
            c.add_mistake("the title \"" + printable(w.caption, 40) +
                          "\" is not 3 to 11 ASCII letters, digits, blanks or *-.");
        return refuse(code::caption, "Başlık bulunamadı.");
    }
    if (w.encoding != "tr" && w.encoding != "en") {
        c.add_mistake("encoding is \"" + printable(w.encoding, 20) + "\"; the document knows tr and en");
        return refuse(code::encoding, "Geçersiz karakter kodlaması.");
    }
    if (w.text.empty())
        return refuse(code::missing, "Mesaj boş olamaz.");
    if (w.numbers.empty())
        return refuse(code::numbers, "Geçerli numara bulunamadı.");
    return std::nullopt;
}

std::int64_t count_segments(call& c, const sms_request& w)
{
    auto shape = measure_sms(w.text);
    if (!shape)
        return 1;
    if (w.encoding == "en" && shape->outside_gsm)
        c.add_mistake("encoding en, but the text holds \"" + shape->outside_gsm->utf8 + "\"");
    if (w.encoding == "en" || shape->alphabet == sms_alphabet::ucs2)
        return static_cast<std::int64_t>(shape->segments);
    auto units = septets(w.text, sms_alphabet::gsm_turkish).value_or(shape->units) + operator_code_units;
    auto size = capacity_of(sms_alphabet::gsm_turkish);
    return units <= size.single ? 1 : static_cast<std::int64_t>((units + size.per_segment - 1) / size.per_segment);
}

} // namespace ulak::sim::toplusms
