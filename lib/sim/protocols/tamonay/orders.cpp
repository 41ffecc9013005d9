#include "sim/protocols/tamonay/orders.hpp"

#include "core/text.hpp"
#include "sim/detail/civil_time.hpp"
#include "sim/detail/number_orders.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/tamonay/page.hpp"
#include "sim/protocols/tamonay/replies.hpp"

#include <algorithm>

namespace ulak::sim::tamonay {
namespace {

/// Only "active" is shown in the document; the other words are guesses.
std::string_view status_word(number_state s)
{
    switch (s) {
    case number_state::waiting: return "active";
    case number_state::received: return "completed";
    case number_state::cancelled: return "cancelled";
    case number_state::expired: return "expired";
    }
    return "unknown";
}

/// Inserts a value at a path like "sms_code" or "messages/0/text".
void insert_at_path(std::vector<json::member>& members, const std::vector<std::string_view>& parts, json::value v)
{
    for (auto i = parts.size(); i-- > 1;)
        v = is_digits(parts[i]) ? json::array({v}) : json::object({{parts[i], v}});
    members.emplace_back(parts.front(), std::move(v));
}

json::value code_of(call& c, const rented_number& n)
{
    if (c.fault("code-null"))
        return json::null;
    if (c.fault("code-text-message"))
        return json::text(n.text);
    if (c.fault("code-int"))
        return is_digits(n.code) ? json::number(std::stoll(n.code)) : json::text(n.code);
    return c.fault("code-raw-zero") ? n.code : json::text(n.code);
}

json::value order_of(call& c, const rented_number& n)
{
    auto status = c.fault("status-word").value_or(std::string(status_word(n.last_shown_state)));
    bool text_ids = c.fault("ids-text").has_value();
    std::vector<json::member> members{{"id", json::numeral(static_cast<std::int64_t>(n.id), text_ids)},
                                      {"service_id", json::numeral(n.service, text_ids)},
                                      {"operator", n.operator_name.empty() ? json::null : json::text(n.operator_name)},
                                      {"phone_number", json::text(n.number)},
                                      {"status", json::text(status)},
                                      {"price", json::text(n.price.text(2))},
                                      {"created_at", json::text(laravel_time(n.ordered_at))}};
    auto where = c.fault("code-field").value_or("sms_code");
    if (n.last_shown_state == number_state::received)
        insert_at_path(members, split(where, '/'), code_of(c, n));
    return json::object(members);
}

/// Laravel's "integer" also takes a text of digits, but the document says integer.
std::optional<std::int64_t> service_id_of(call& c, const boost::json::object& o)
{
    auto* v = o.if_contains("service_id");
    if (v && v->is_int64())
        return v->as_int64();
    c.add_mistake(v ? "service_id is not a JSON integer" : "service_id is missing");
    auto n = v && v->is_string() ? parse_id(std::string_view(v->as_string())) : std::nullopt;
    return n ? std::optional(static_cast<std::int64_t>(*n)) : std::nullopt;
}

http::reply invalid(std::string_view field, std::string_view why)
{
    auto errors = json::object({{field, json::array({json::text(why)})}});
    return json_reply(json::object({{"success", json::truth(false)}, {"message", json::text(why)}, {"errors", errors}}),
                      400);
}

rented_number* find_order(call& c)
{
    auto id = c.path_id(1);
    if (!id)
        c.add_mistake("the order id in the path is not a number");
    return id ? c.account.numbers->numbers.find(*id) : nullptr;
}

} // namespace

http::reply order(call& c)
{
    auto body = strict::read_json(c);
    if (!body)
        return invalid("service_id", "service_id alanı zorunludur.");
    strict::allow_only_keys(c, *body, "the body", {"service_id", "operator", "forward"});
    auto service = service_id_of(c, *body);
    if (!service)
        return invalid("service_id", "service_id alanı tam sayı olmalıdır.");
    rented_number wanted;
    wanted.operator_name = strict::text_of(c, *body, "operator").value_or("");
    if (auto* forward = body->if_contains("forward")) {
        if (!forward->is_bool())
            c.add_mistake("forward is not a JSON boolean");
        wanted.forwarding = forward->is_bool() && forward->as_bool();
    }
    auto made = order_number(c, *service, std::move(wanted));
    if (made.number)
        return success_reply(order_of(c, *made.number), 201, "Sipariş başarıyla oluşturuldu");
    switch (made.refusal) {
    case order_refusal::no_stock: return refuse(400, "Bu servis için stok bulunmamaktadır");
    case order_refusal::no_money: return refuse(400, "Yetersiz bakiye");
    case order_refusal::no_service: break;
    }
    return refuse(404, "Servis bulunamadı");
}

http::reply orders(call& c)
{
    const auto& ids = c.account.numbers->numbers.ids();
    auto p = read_page(c, ids.size());
    std::vector<json::value> rows;
    for (auto i = p.first(); i < std::min(p.first() + p.size, ids.size()); ++i)
        rows.push_back(order_of(c, *c.account.numbers->numbers.find(ids[ids.size() - 1 - i])));
    return page_reply(c, p, rows);
}

http::reply order_detail(call& c)
{
    auto* n = find_order(c);
    if (!n)
        return refuse(404, "Sipariş bulunamadı");
    c.accept();
    return success_reply(order_of(c, *n));
}

http::reply update_status(call& c)
{
    if (!c.request.body.empty() && c.request.body != "{}")
        strict::check_no_body(c);
    auto* n = find_order(c);
    if (!n)
        return refuse(404, "Sipariş bulunamadı");
    n->last_shown_state = n->state;
    c.accept();
    return success_reply(order_of(c, *n), 200, "Sipariş durumu güncellendi");
}

} // namespace ulak::sim::tamonay
