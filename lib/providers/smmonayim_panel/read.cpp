#include "providers/smmonayim_panel/read.hpp"

#include "core/currency.hpp"
#include "core/text.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/refusal_words.hpp"
#include "providers/detail/spoken_refusal.hpp"
#include "providers/smmonayim_panel/limit_text.hpp"
#include "providers/smmonayim_panel/status_words.hpp"

#include <algorithm>

namespace ulak::providers::smmonayim_panel::wire {
namespace {

/// "Failed" is the word of an order, where one is described.
bool describes_order(const json_value& body)
{
    return body.find("charge") || body.find("remains") || body.find("start_count");
}

std::string error_of(const json_value& body)
{
    if (describes_order(body))
        return as_text(body.find("error")).value_or("");
    if (!says_no(body))
        return {};
    const auto words = words_of_refusal(body);
    return words.empty() ? "refused without a reason" : words;
}

error refusal_error(const http::response& r, std::string_view words)
{
    const auto by_words = errc_of_text(words);
    const auto by_status = errc_of_status(r.status);
    const bool clear = by_status == errc::auth || by_status == errc::transient;
    return answered_error(clear ? *by_status : by_words, r, provider_name, words, std::string(words));
}

// The body, or the error of {"error": …}, which most panels send with HTTP 200.
result<json_value> parse_body(const http::response& r)
{
    auto body = read_json(r, provider_name);
    if (!body)
        return body;
    if (const auto words = error_of(*body); !words.empty())
        return refusal_error(r, words);
    if (r.status >= 300)
        return undocumented_error(r, provider_name, "the status has no meaning here");
    return body;
}

void note_unreadable(service& s, const char* field, const json_value& v)
{
    if (const auto* value = v.find(field); value && value->kind != json_value::type::null)
        append_joined(s.unreadable, ", ", std::string(field) + " \"" + displayable(value->text, 40) + "\"");
}

std::optional<std::int64_t> read_limit(service& s, const char* field, const json_value& v)
{
    const auto limit = limit_of(v.find(field));
    if (!limit)
        note_unreadable(s, field, v);
    return limit.value_or(std::nullopt);
}

service service_of(const json_value& v, std::string_view unit)
{
    service s;
    s.id = as_id(v.find("service")).value_or("");
    s.name = as_text(v.find("name")).value_or("");
    s.category = as_text(v.find("category")).value_or("");
    s.type = as_text(v.find("type")).value_or("");
    s.min_quantity = read_limit(s, "min", v);
    s.max_quantity = read_limit(s, "max", v);
    s.price = as_money(v.find("rate"), unit);
    if (!s.price)
        note_unreadable(s, "rate", v);
    return s;
}

std::string currency_of(const json_value& v)
{
    return displayable(normal_unit(as_text(v.find("currency")).value_or("")), 12);
}

result<panel_status> status_of(const http::response& r, const json_value& v)
{
    if (const auto words = error_of(v); !words.empty()) {
        auto refusal = refusal_error(r, words);
        if (refusal.code == errc::validation && says_unknown_order(words))
            refusal.code = errc::not_found;
        return refusal;
    }
    const auto word = as_text(v.find("status"));
    if (!word)
        return undocumented_error(r, provider_name, "no status of the order in the answer");
    panel_status s;
    s.state = state_of(*word);
    s.provider_status = displayable(trim(*word), 40);
    s.charge = as_decimal(v.find("charge"));
    s.currency = currency_of(v);
    s.start_count = as_int(v.find("start_count"));
    s.remains = as_int(v.find("remains"));
    return s;
}

bool is_empty_list(const json_value& v)
{
    return v.is_array() && v.items.empty(); // how PHP writes an object without keys
}

} // namespace

result<std::vector<service>> read_services(const http::response& r, std::string_view unit)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    if (!body->is_array())
        return undocumented_error(r, provider_name, "no list of services in the answer");
    std::vector<service> out;
    for (const auto& item : body->items)
        if (auto s = service_of(item, unit); !s.id.empty())
            out.push_back(std::move(s));
    return out;
}

result<panel_receipt> read_add(const http::response& r)
{
    const auto body = read_json(r, provider_name);
    if (!body)
        return body.error();
    const auto words = error_of(*body);
    const auto* order = body->find("order");
    const bool has_order = order && order->kind != json_value::type::null;
    if (!words.empty() && !has_order)
        return refusal_error(r, words);
    const auto id = as_number_id(order);
    if (r.status >= 300 && !has_order)
        return undocumented_error(r, provider_name, "the status has no meaning here");
    if (!id || !words.empty() || r.status >= 300)
        return unsound_purchase_error(r, provider_name, id);
    return panel_receipt{*id};
}

result<statuses_by_order> read_status(const http::response& r, std::string_view order_id)
{
    const auto body = read_json(r, provider_name);
    if (!body)
        return body.error();
    auto one = status_of(r, *body);
    if (one && r.status >= 300)
        return undocumented_error(r, provider_name, "the status has no meaning here");
    if (!one && one.error().code != errc::not_found)
        return one.error();
    statuses_by_order out;
    out.emplace(std::string(order_id), std::move(one));
    return out;
}

result<statuses_by_order> read_statuses(const http::response& r, const std::vector<std::string>& order_ids)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    if (!body->is_object() && !is_empty_list(*body))
        return undocumented_error(r, provider_name, "no statuses in the answer");
    statuses_by_order out;
    for (const auto& [id, value] : body->members)
        if (std::find(order_ids.begin(), order_ids.end(), id) != order_ids.end())
            out.emplace(id, status_of(r, value));
    return out;
}

result<money> read_balance(const http::response& r, std::string_view unit_if_none)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const auto amount = as_decimal(body->find("balance"));
    if (!amount)
        return undocumented_error(r, provider_name, unread(body->find("balance"), "balance"));
    auto unit = currency_of(*body);
    return money(*amount, unit.empty() ? std::string(unit_if_none) : unit);
}

} // namespace ulak::providers::smmonayim_panel::wire
