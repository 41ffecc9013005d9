#include "providers/iletimerkezi/read.hpp"

#include "core/text.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/report_entries.hpp"
#include "providers/iletimerkezi/codes.hpp"
#include "providers/iletimerkezi/envelope.hpp"

namespace ulak::providers::iletimerkezi::wire {
namespace {

constexpr std::size_t longest_status = 40;

sms_report::delivery_state state_of(std::string_view word)
{
    if (word == std::to_string(message_delivered))
        return sms_report::delivery_state::delivered;
    if (word == std::to_string(message_undelivered))
        return sms_report::delivery_state::undelivered;
    return sms_report::delivery_state::waiting;
}

listed_order listed_of(const json_value& v)
{
    listed_order o;
    o.id = as_id(v.find("id")).value_or("");
    o.sender = as_text(v.find("sender")).value_or("");
    o.status = as_text(v.find("status")).value_or("");
    o.submitted = as_text(v.find("submitAt")).value_or("");
    o.total = as_int(v.find("total"));
    o.delivered = as_int(v.find("delivered"));
    o.undelivered = as_int(v.find("undelivered"));
    o.waiting = as_int(v.find("waiting"));
    return o;
}

// A single element may come bare where a list is documented: the service was XML first.
std::vector<const json_value*> as_list(const json_value* v)
{
    std::vector<const json_value*> out;
    if (v && v->is_array())
        for (const auto& item : v->items)
            out.push_back(&item);
    else if (v && v->kind != json_value::type::null)
        out.push_back(v);
    return out;
}

} // namespace

result<money> read_balance(const http::response& r, balance_field which)
{
    const auto body = open_successful(r);
    if (!body)
        return body.error();
    const bool in_money = which == balance_field::money;
    const json_value* field = body->at_pointer(in_money ? "/balance/amount" : "/balance/sms");
    const auto amount = as_decimal(field);
    if (!amount)
        return undocumented_error(r, provider_name, unread(field, "balance"));
    return money(*amount, in_money ? "TRY" : "credits");
}

result<sms_receipt> read_send(const http::response& r)
{
    const auto e = open_envelope(r);
    if (!e)
        return e.error();
    const json_value* id = e->response.at_pointer("/order/id");
    const bool has_id = id && id->kind != json_value::type::null;
    // "Service down" says nothing about this order, also where it comes with HTTP 200.
    const bool says_nothing = errc_of_code(e->code) == errc::transient;
    if (e->code != status_ok && !has_id && !says_nothing)
        return refusal_error(r, e->code, e->message);
    const auto order = as_number_id(id);
    if (e->code != status_ok || !order)
        return unsound_purchase_error(r, provider_name, order);
    return sms_receipt{*order};
}

result<sms_report> read_report(const http::response& r, std::string_view order_id)
{
    const auto e = open_envelope(r);
    if (!e)
        return e.error();
    if (e->code == not_due_yet)
        return sms_report();
    if (e->code != status_ok)
        return refusal_error(r, e->code, e->message);
    const json_value* order = e->response.find("order");
    if (!order || !order->is_object())
        return undocumented_error(r, provider_name, "no order in the answer");
    if (const auto id = as_id(order->find("id")); id && *id != order_id)
        return answered_error(errc::contract, r, provider_name, "the answer is about another order");
    sms_report report;
    add_report_entries(report, order->find("message"), state_of);
    report.total = as_int(order->find("total"));
    report.delivered = as_int(order->find("delivered"));
    report.undelivered = as_int(order->find("undelivered"));
    report.cost = read_cost(order->find("price"));
    const auto status = as_int(order->find("status"));
    report.status = displayable(as_text(order->find("status")).value_or(""), longest_status);
    // 115: the order as a whole was not sent, or was cancelled in the panel. Who waits in it waits for nothing.
    report.failed = status == order_failed;
    report.finished = status == order_finished || report.failed;
    return report;
}

bool blames_recipients(const error& refusal)
{
    return refusal.provider_code == std::to_string(bad_recipients) ||
           refusal.provider_code == std::to_string(bad_number) || refusal.http_status == 413;
}

result<void> read_acknowledgement(const http::response& r)
{
    const auto body = open_successful(r);
    if (!body)
        return body.error();
    return {};
}

result<std::vector<listed_order>> read_reports(const http::response& r)
{
    const auto body = open_successful(r);
    if (!body)
        return body.error();
    std::vector<listed_order> out;
    for (const json_value* item : as_list(body->find("orders")))
        if (auto o = listed_of(*item); !o.id.empty())
            out.push_back(std::move(o));
    return out;
}

result<std::vector<std::string>> read_senders(const http::response& r)
{
    const auto body = open_successful(r);
    if (!body)
        return body.error();
    std::vector<std::string> out;
    for (const json_value* item : as_list(body->at_pointer("/senders/sender")))
        out.push_back(as_text(item).value_or(""));
    return out;
}

result<blacklist> read_blacklist(const http::response& r)
{
    const auto body = open_successful(r);
    if (!body)
        return body.error();
    blacklist out;
    out.count = as_int(body->at_pointer("/blacklist/count"));
    for (const json_value* item : as_list(body->at_pointer("/blacklist/number"))) {
        const auto text = as_text(item).value_or("");
        const auto number = phone::parse(text);
        out.numbers.push_back(number ? number->digits() : printable(text, 40));
    }
    return out;
}

} // namespace ulak::providers::iletimerkezi::wire
