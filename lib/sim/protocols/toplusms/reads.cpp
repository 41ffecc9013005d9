#include "sim/protocols/toplusms/reads.hpp"

#include "sim/detail/civil_time.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/toplusms/replies.hpp"

#include <initializer_list>

namespace ulak::sim::toplusms {
namespace {

/// Reads are GET; the documented PHP client really sends a POST with an empty body, and the panel takes both.
std::optional<http::reply> check_read(call& c)
{
    const bool taken = c.request.verb == "GET" || c.request.verb == "POST";
    if (!taken)
        c.add_mistake(c.request.verb + " was used where the document says GET");
    strict::check_no_body(c);
    if (uses_api_key(c))
        c.query.allow_only(c, {"apikey"});
    else
        strict::check_no_query(c);
    if (!taken)
        return refuse(code::unknown_command, "Geçersiz istek.");
    return std::nullopt;
}

json::value text_count(std::size_t n)
{
    return json::numeral(static_cast<std::int64_t>(n), true);
}

std::string_view delivery_word(delivery d)
{
    switch (d) {
    case delivery::waiting: return "waiting";
    case delivery::sent: return "sent";
    case delivery::delivered: return "delivered";
    case delivery::undelivered: return "not_delivered";
    }
    return "unknown";
}

/// Only "completed" is shown in the document; the others are guesses, as a client must make them.
std::string_view queue_word(const sms_queue& q, const delivery_tally& t, wall_point now)
{
    if (t.complete())
        return "completed";
    return now < q.due_at ? "waiting" : "sending";
}

json::value queue_of(call& c, const sms_queue& q)
{
    auto t = q.tally(c.now());
    bool plain_id = c.fault("ids-int").has_value();
    return json::object({{"queue_id", json::numeral(static_cast<std::int64_t>(q.id), !plain_id)},
                         {"queue_user_id", json::text("1122")},
                         {"queue_status", json::text(queue_word(q, t, c.now()))},
                         {"queue_message", json::text(q.text)},
                         {"q_send_datetime", json::text(turkish_time(q.due_at))},
                         {"q_total_credit", json::text(q.charge.text())},
                         {"delivered_cnt", text_count(t.delivered)},
                         {"not_delivered_cnt", text_count(t.undelivered)},
                         {"waiting_cnt", text_count(t.waiting)},
                         {"sent_cnt", text_count(t.sent)},
                         {"total_numbers", text_count(t.total())},
                         {"st_title", json::text(q.sender)}});
}

json::value recipient_of(const sms_queue& q, std::size_t i, wall_point now)
{
    auto state = q.state(i, now);
    bool done = state == delivery::delivered || state == delivery::undelivered;
    return json::object(
        {{"number", json::text(std::to_string(q.numbers[i]))},
         {"status", json::text(delivery_word(state))},
         {"sent_datetime", state == delivery::waiting ? json::null : json::text(turkish_time(q.due_at))},
         {"updated_datetime", json::text(turkish_time(done ? q.done_at(i) : q.submitted_at))}});
}

} // namespace

http::reply report(call& c)
{
    if (auto refusal = check_read(c))
        return *std::move(refusal);
    auto id = c.path_id(2);
    if (!id)
        c.add_mistake("the queueId in the path is not a number");
    auto* q = id ? c.account.messages->sends.find(*id) : nullptr;
    if (!q)
        return refuse(code::report, "Rapor bulunamadı.");
    auto missed = static_cast<std::size_t>(c.fault_number("report-misses-number", 1).value_or(0));
    std::vector<json::value> numbers;
    for (std::size_t i = 0; i + missed < q->numbers.size(); ++i)
        numbers.push_back(recipient_of(*q, i, c.now()));
    c.accept();
    std::vector<json::member> members;
    if (!c.fault("status-missing"))
        members.emplace_back("status", json::text("success"));
    members.emplace_back("queue", queue_of(c, *q));
    members.emplace_back("numbers", json::array(numbers));
    return json_reply(json::object(members));
}

http::reply profile(call& c)
{
    if (auto refusal = check_read(c))
        return *std::move(refusal);
    std::vector<json::member> members;
    if (!c.fault("status-missing"))
        members.emplace_back("status", json::text("success"));
    bool url = uses_api_key(c);
    for (auto [key, value] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"id", "2345"},
             {"user_type", url ? "customer" : "registered_user"},
             {"username", c.credential("toplusms-username")},
             {"register_datetime", "2017-07-11 13:14:27"},
             {"active", "1"},
             {"firstname", "DENEME"},
             {"lastname", "KULLANICI"},
             {"birthyear", "1989"},
             {"tc_identity_no", "11112222333"},
             {"company_name", "Deneme Ltd."},
             {"tax_office", "Karşıyaka VD"},
             {"tax_no", "555555555"},
             {"company_phone", "5551112233"},
             {"company_address", "deneme adresi"},
             {"email", "deneme@example.com"},
             {"cellphone", "5551112233"},
             {"invoice_address", "fatura adresi"}})
        members.emplace_back(key, json::text(value));
    if (url) { // the document really shows the key in the answer
        members.emplace_back("api_key", json::text(c.credential("toplusms-api-key")));
        members.emplace_back("credit_type", json::text("credit"));
        members.emplace_back("money_per_credit", json::text("0"));
    }
    members.emplace_back("balance_money", json::text("0"));
    members.emplace_back("balance_credit", json::text(c.account.money.balance().text()));
    c.accept();
    return json_reply(json::object(members));
}

} // namespace ulak::sim::toplusms
