#include "providers/tamonay/read.hpp"

#include "core/text.hpp"
#include "providers/detail/answer.hpp"
#include "providers/tamonay/envelope.hpp"
#include "providers/tamonay/number_status.hpp"

namespace ulak::providers::tamonay::wire {
namespace {

constexpr std::string_view unit = "TRY"; // the document names no currency; the site sells in lira

std::optional<wall_point> time_of(const json_value* v)
{
    const auto at = parse_rfc3339(as_text(v).value_or(""));
    if (!at)
        return std::nullopt;
    return *at;
}

// The envelope is not documented: data:[…], data:{data:[…], current_page, …}, or data:[…] beside links and meta.
const json_value* items_of(const json_value& body)
{
    const json_value* data = body.find("data");
    if (data && data->is_object())
        data = data->find("data");
    return data && data->is_array() ? data : nullptr;
}

service service_of(const json_value& v)
{
    service s;
    s.id = as_id(v.find("id")).value_or("");
    s.name = as_text(v.find("name")).value_or("");
    s.category = as_text(v.at_pointer("/category/name")).value_or("");
    s.price = as_money(v.find("amount"), unit);
    s.stock = as_int(v.find("quantity"));
    return s;
}

void add_services(std::vector<service>& into, const json_value* list, const std::string& category = {})
{
    if (!list || !list->is_array())
        return;
    for (const auto& item : list->items) {
        auto s = service_of(item);
        if (s.category.empty())
            s.category = category;
        if (!s.id.empty())
            into.push_back(std::move(s));
    }
}

category category_of(const json_value& v)
{
    category c;
    c.id = as_id(v.find("id")).value_or("");
    c.name = as_text(v.find("name")).value_or("");
    c.slug = as_text(v.find("slug")).value_or("");
    add_services(c.services, v.find("services"), c.name);
    return c;
}

number_order order_of(const json_value& v)
{
    number_order o;
    o.id = as_number_id(v.find("id")).value_or("");
    o.number = as_text(v.find("phone_number")).value_or("");
    o.price = as_money(v.find("price"), unit);
    o.created = time_of(v.find("created_at"));
    return o;
}

balance_entry balance_entry_of(const json_value& v)
{
    balance_entry m;
    m.id = as_id(v.find("id")).value_or("");
    m.kind = as_text(v.find("type")).value_or("");
    m.text = as_text(v.find("description")).value_or("");
    m.amount = as_decimal(v.find("amount"));
    m.at = time_of(v.find("created_at"));
    return m;
}

} // namespace

result<money> read_balance(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const auto balance = as_money(body->at_pointer("/data/balance"), unit);
    if (!balance)
        return undocumented_error(r, provider_name, "no balance in the answer");
    return *balance;
}

result<std::vector<category>> read_categories(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const json_value* items = items_of(*body);
    if (!items)
        return undocumented_error(r, provider_name, "no list of categories in the answer");
    std::vector<category> out;
    for (const auto& item : items->items)
        out.push_back(category_of(item));
    return out;
}

result<std::vector<service>> read_services(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const json_value* items = items_of(*body);
    if (!items)
        return undocumented_error(r, provider_name, "no list of services in the answer");
    std::vector<service> out;
    add_services(out, items);
    return out;
}

result<number_order> read_order(const http::response& r)
{
    const auto raw = read_json(r, provider_name);
    const json_value* data = raw ? raw->find("data") : nullptr;
    auto order = data ? order_of(*data) : number_order();
    const auto body = parse_body(r);
    if (!body && order.id.empty())
        return body.error();
    if (!body || as_bool(body->find("success")) != true || order.id.empty())
        return unsound_purchase_error(r, provider_name, order.id);
    return order;
}

result<std::vector<listed_number>> read_orders(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const json_value* items = items_of(*body);
    if (!items)
        return undocumented_error(r, provider_name, "no list of orders in the answer");
    std::vector<listed_number> out;
    for (const auto& item : items->items) {
        listed_number n;
        n.order = order_of(item);
        n.service = as_id(item.find("service_id")).value_or("");
        n.operator_name = as_text(item.find("operator")).value_or("");
        n.created = n.order.created;
        if (!n.order.id.empty())
            out.push_back(std::move(n));
    }
    return out;
}

result<std::vector<balance_entry>> read_history(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const json_value* items = items_of(*body);
    if (!items)
        return undocumented_error(r, provider_name, "no list of movements in the answer");
    std::vector<balance_entry> out;
    for (const auto& item : items->items)
        out.push_back(balance_entry_of(item));
    return out;
}

result<number_status> read_number_status(const http::response& r, const status_vocabulary& words,
                                         std::string_view order_id)
{
    const auto body = parse_body(r, true);
    if (!body)
        return body.error();
    const auto id = as_id(body->at_pointer("/data/id"));
    if (id && *id != order_id)
        return answered_error(errc::contract, r, provider_name, "the answer is about another order");
    return number_status_of(*body, words);
}

} // namespace ulak::providers::tamonay::wire
