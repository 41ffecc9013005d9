#include "sim/protocols/toplusms/send.hpp"

#include "core/text.hpp"
#include "sim/detail/form_reader.hpp"
#include "sim/detail/recipients.hpp"
#include "sim/detail/sms_delivery.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/toplusms/replies.hpp"
#include "sim/protocols/toplusms/sms_request.hpp"

#include <algorithm>

namespace ulak::sim::toplusms {
namespace {

json::value describe_effect(const call& c, const sms_queue& q, const sms_request& w, std::int64_t segments)
{
    return json::object({{"kind", json::text("sms")},
                         {"id", json::text(std::to_string(q.id))},
                         {"amount", json::text(q.charge.text())},
                         {"unit", json::text(c.account.money.unit())},
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
    bool with_status =
        c.operation_name() == "send" ? !c.fault("status-missing") : c.fault("status-present").has_value();
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
    auto segments = count_segments(c, w);
    auto charge = decimal::from_integer(segments * static_cast<std::int64_t>(w.numbers.size()));
    if (c.fault("no-balance") || !c.account.money.covers(charge))
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
    const auto& made = accept_send(c.world, c.account, std::move(q), false);
    c.accept(describe_effect(c, made, w, segments));
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
        c.add_mistake("the request line has " + std::to_string(c.request.raw_target.size()) +
                      " bytes; servers take about 8 KB");
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
