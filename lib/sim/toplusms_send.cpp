#include "core/sms_text.hpp"
#include "core/text.hpp"
#include "sim/civil_time.hpp"
#include "sim/recipients.hpp"
#include "sim/strict.hpp"
#include "sim/toplusms.hpp"

#include <charconv>

namespace ulak::sim::toplusms {
namespace {

/// What both ways of sending come to.
struct sms_request {
    std::string caption{};
    std::string text{};
    std::string encoding{};
    std::vector<std::uint64_t> numbers{};
    wall_point due{};
    std::int64_t validity = 48;
    bool scheduled = false;
};

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
        c.add_mistake("validity \"" + printable(*text, 20) + "\" is not a whole number from 1 to 48; 48 hours are taken");
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

/// The first thing that is wrong with the content, as the panel would say it.
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

std::int64_t segments_of(call& c, const sms_request& w)
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

json::value effect_of(const call& c, const sms_queue& q, const sms_request& w, std::int64_t segments)
{
    return json::object({{"kind", json::text("sms")},
                         {"id", json::text(std::to_string(q.id))},
                         {"amount", json::text(q.charge.text())},
                         {"unit", json::text(c.world.wallet_of(c.protocol).unit())},
                         {"recipients", number_texts(q.numbers)},
                         {"text", json::text(w.text)},
                         {"sender", json::text(w.caption)},
                         {"encoding", json::text(w.encoding)},
                         {"segments", json::number(segments)},
                         {"validity", json::number(w.validity)},
                         {"due", w.scheduled ? json::text(rfc3339(w.due)) : json::null}});
}

http::reply accepted(call& c, const sms_queue& q)
{
    std::vector<json::member> members;
    bool with_status = c.operation == "send" ? !c.fault("status-missing") : c.fault("status-present").has_value();
    if (with_status)
        members.emplace_back("status", json::text("success"));
    if (!c.fault("queue-id-missing"))
        members.emplace_back("queueId",
                             json::numeral(static_cast<std::int64_t>(q.id), c.fault("ids-text").has_value()));
    return json_reply(json::object(members));
}

http::reply send(call& c, sms_request w)
{
    if (auto problem = content_problem(c, w))
        return std::move(*problem);
    if (auto lost = c.fault_number("drops-number", 1))
        w.numbers.resize(w.numbers.size() - std::min(w.numbers.size(), static_cast<std::size_t>(*lost)));
    auto segments = segments_of(c, w);
    auto charge = decimal::from_integer(segments * static_cast<std::int64_t>(w.numbers.size()));
    if (c.fault("no-balance") || !c.account_wallet().covers(charge))
        return refuse(code::credit, "Krediniz yetersiz.");
    sms_queue q;
    q.submitted_at = c.now();
    q.due_at = w.due;
    q.sender = w.caption;
    q.text = w.text;
    q.numbers = w.numbers;
    q.charge = charge;
    q.never_completes = c.fault("report-never-completes").has_value();
    q.undelivered_tail = static_cast<std::size_t>(c.fault_number("undelivered", 1).value_or(0));
    const auto& made = c.world.accept_send(c.protocol, std::move(q), false);
    c.accept(effect_of(c, made, w, segments));
    return accepted(c, made);
}

} // namespace

http::reply send_form(call& c)
{
    if (uses_api_key(c))
        c.add_mistake("sms/send/normal was called with an apikey; the document gives it Basic credentials");
    else
        strict::check_no_query(c);
    if (c.request.verb != "POST") {
        c.add_mistake(c.request.verb + " was used where the document says POST");
        return refuse(code::unknown_command, "Geçersiz istek.");
    }
    auto form = strict::read_form(c);
    form.allow_only(c, {"caption", "validity", "message", "senddate", "numbers", "encoding"});
    for (std::string_view needed : {"caption", "message", "numbers", "encoding"})
        if (!form.find(needed)) {
            c.add_mistake("the parameter " + std::string(needed) + " is missing");
            return refuse(code::missing, "Eksik parametre: " + std::string(needed));
        }
    sms_request w;
    w.caption = form.get("caption");
    w.text = form.get("message");
    w.encoding = form.get("encoding");
    read_numbers(c, form.get("numbers"), ",\n", false, w);
    read_validity(c, form.find("validity"), w);
    if (!read_due(c, form.get("senddate"), w))
        return refuse(code::date, "Geçersiz tarih.");
    return send(c, std::move(w));
}

http::reply send_url(call& c)
{
    constexpr std::size_t longest_target = 8'190; // what common servers take as a request line
    if (c.request.raw_target.size() > longest_target) {
        c.add_mistake("the request line has " + std::to_string(c.request.raw_target.size()) + " bytes; servers take about 8 KB");
        return http::reply(414, "<html><head><title>414 Request-URI Too Large</title></head></html>", "text/html");
    }
    if (c.request.verb != "GET") {
        c.add_mistake(c.request.verb + " was used where the document shows a GET");
        return refuse(code::unknown_command, "Geçersiz istek.");
    }
    strict::check_no_body(c);
    const auto& query = c.query;
    query.allow_only(c, {"apikey", "encoding", "title", "numbers", "message"});
    if (!uses_api_key(c))
        c.add_mistake("sms/send was called without apikey");
    sms_request w;
    w.caption = query.get("title");
    w.text = query.get("message");
    w.encoding = query.get("encoding");
    w.due = c.now();
    read_numbers(c, query.get("numbers"), ",", true, w);
    return send(c, std::move(w));
}

} // namespace ulak::sim::toplusms
