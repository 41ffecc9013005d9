#include "providers/smmonayim_numbers/read.hpp"

#include "core/text.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/one_time_code.hpp"
#include "providers/detail/refusal_words.hpp"
#include "providers/detail/spoken_refusal.hpp"

namespace ulak::providers::smmonayim_numbers::wire {
namespace {

constexpr std::string_view unit = "TRY"; // the document names no currency

bool is_there(const json_value* v)
{
    return v && v->kind != json_value::type::null;
}

/// Whether the answer says an explicit no, as documented or as its sisters do. Which words it says does not decide:
/// silence and a `message` alone are no refusal, and whatever names a purchase is none.
bool is_refusal(const json_value& body)
{
    for (const std::string_view bought : {"number_id", "id", "number", "order", "order_id"})
        if (is_there(body.find(bought)))
            return false;
    if (is_there(body.find("success")))
        return as_bool(body.find("success")) == false;
    return says_no(body);
}

error refusal_error(const http::response& r, const json_value& body)
{
    const auto words = words_of_refusal(body);
    const auto by_status = errc_of_status(r.status);
    const bool vague = !by_status || *by_status == errc::validation;
    return answered_error(vague ? errc_of_text(words) : *by_status, r, provider_name, words);
}

// The error of an answer that lacks the field that was read for: its refusal, if it is one.
error missing_field_error(const http::response& r, const json_value& body, std::string_view what)
{
    const bool refused = as_bool(body.find("success")) == false || !words_of_refusal(body).empty();
    return refused ? refusal_error(r, body) : undocumented_error(r, provider_name, what);
}

result<json_value> parse_body(const http::response& r, bool mend_codes = false)
{
    auto body = read_json(r, provider_name, mend_codes);
    if (body && r.status >= 300)
        return missing_field_error(r, *body, "the status has no meaning here");
    return body;
}

service service_of(const json_value& v)
{
    service s;
    s.id = as_id(v.find("id")).value_or("");
    s.name = as_text(v.find("name")).value_or("");
    s.price = as_money(v.find("price"), unit);
    s.stock = as_int(v.find("stock"));
    return s;
}

number_status number_status_of(const json_value& body)
{
    number_status news;
    const auto status = as_int(body.find("status"));
    news.provider_status = displayable(as_text(body.find("status")).value_or(""), 40);
    // A code is a code, whatever its sisters write for the status 1.
    auto found = find_code(body.find("code"), code_letters::also_letters);
    if (!found) {
        if (status == -1)
            news.state = number_status::sms_state::ended;
        else if (status == 1)
            news.state = number_status::sms_state::unreadable;
        return news;
    }
    news.state = number_status::sms_state::code;
    news.code = std::move(found->code);
    news.text = std::move(found->text);
    news.numeric = found->numeric;
    return news;
}

} // namespace

result<std::vector<category>> read_categories(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    if (!body->is_array())
        return missing_field_error(r, *body, "no list of categories in the answer");
    std::vector<category> out;
    for (const auto& item : body->items) {
        category c{as_id(item.find("id")).value_or(""), as_text(item.find("name")).value_or("")};
        if (!c.id.empty())
            out.push_back(std::move(c));
    }
    return out;
}

result<std::vector<service>> read_services(const http::response& r, std::string_view category_name)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    if (!body->is_array())
        return missing_field_error(r, *body, "no list of services in the answer");
    std::vector<service> out;
    for (const auto& item : body->items) {
        auto s = service_of(item);
        s.category = category_name;
        if (!s.id.empty())
            out.push_back(std::move(s));
    }
    return out;
}

result<service> read_details(const http::response& r, std::string_view service_id)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    if (body->is_array() && body->items.empty())
        return answered_error(errc::not_found, r, provider_name, "no such service");
    if (body->is_object() && service_of(*body).id == service_id)
        return service_of(*body);
    for (const auto& item : body->items)
        if (auto s = service_of(item); s.id == service_id)
            return s;
    return missing_field_error(r, *body, "the details are not of the service that was asked for");
}

result<money> read_balance(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const auto balance = as_money(body->find("balance"), unit);
    if (!balance)
        return missing_field_error(r, *body, unread(body->find("balance"), "balance"));
    return *balance;
}

result<number_order> read_number(const http::response& r)
{
    const auto body = read_json(r, provider_name);
    if (!body)
        return body.error();
    const auto success = as_bool(body->find("success"));
    const auto* id = body->find("number_id");
    const bool has_id = is_there(id);
    if (is_refusal(*body))
        return refusal_error(r, *body);
    number_order order;
    order.id = as_token_id(id).value_or("");
    order.number = as_text(body->find("number")).value_or("");
    const bool contradicts = !as_text(body->find("error")).value_or("").empty();
    if (r.status >= 300 && success != true && !has_id)
        return undocumented_error(r, provider_name, "the status has no meaning here");
    if (success != true || order.id.empty() || contradicts || r.status >= 300)
        return unsound_purchase_error(r, provider_name, order.id);
    return order;
}

result<number_status> read_message(const http::response& r, std::string_view number_id)
{
    const auto body = parse_body(r, true);
    if (!body)
        return body.error();
    const auto* status = body->find("status");
    if (!as_text(status) && !find_code(body->find("code"), code_letters::also_letters))
        return missing_field_error(r, *body, "no status in the answer");
    const auto id = as_id(body->find("id"));
    if (id && *id != number_id)
        return answered_error(errc::contract, r, provider_name, "the answer is about another number");
    return number_status_of(*body);
}

result<void> read_cancel(const http::response& r)
{
    const auto body = read_json(r, provider_name);
    if (!body)
        return body.error();
    const auto success = as_bool(body->find("success"));
    if (success == true && r.status < 300)
        return {};
    if (success != false)
        return missing_field_error(r, *body, "the answer does not say whether the number was given back");
    auto why = refusal_error(r, *body);
    if (why.code == errc::auth || why.code == errc::transient || why.code == errc::rate_limited)
        return why;
    return answered_error(errc::denied_now, r, provider_name, words_of_refusal(*body));
}

bool rejects_method(const http::response& r)
{
    return r.status == 404 || r.status == 405 || r.status == 419 || is_web_page(r);
}

} // namespace ulak::providers::smmonayim_numbers::wire
