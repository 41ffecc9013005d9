#include "providers/tamonay/wire.hpp"

#include "http/auth.hpp"
#include "http/form.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <charconv>

namespace ulak::providers::tamonay::wire {
namespace {

constexpr std::size_t list_body = 4 * 1024 * 1024;

http::request authorised(http::method verb, std::string target, std::string_view label, std::string_view token)
{
    http::request r(verb, std::move(target), label);
    r.headers.emplace_back("Authorization", http::bearer_authorization(token));
    return r;
}

http::request list(std::string target, std::string_view label, std::string_view token)
{
    auto r = authorised(http::method::get, std::move(target), label, token);
    r.max_body = list_body;
    return r;
}

std::string order_path(std::string_view order_id)
{
    return "/orders/" + http::percent_encode(order_id);
}

std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || bad != std::errc() || end != text.data() + text.size() || value <= 0)
        return std::nullopt;
    return value;
}

} // namespace

status_vocabulary::status_vocabulary()
    : code_fields{"/data/sms_code",
                  "/data/code",
                  "/data/sms",
                  "/data/message",
                  "/data/messages/0/code",
                  "/data/messages/0/text",
                  "/data/sms/0/code",
                  "/data/sms/0/text"},
      waiting{"active", "pending", "waiting", "aktif", "bekliyor", "bekleniyor", "beklemede"},
      received{"completed", "received", "success", "done", "tamamlandı", "tamamlandi", "geldi"},
      cancelled{"cancelled",    "canceled",    "expired", "refunded",     "timeout",    "iptal",
                "iptal edildi", "iade edildi", "iade",    "süresi doldu", "zaman aşımı"}
{}

http::request get_user(std::string_view token)
{
    return authorised(http::method::get, "/user", "tamonay.user", token);
}

http::request get_categories(std::string_view token)
{
    return list("/categories", "tamonay.categories", token);
}

http::request get_services(std::string_view token)
{
    return list("/services", "tamonay.services", token);
}

http::request get_services_of(std::string_view token, std::string_view category_id)
{
    return list("/categories/" + http::percent_encode(category_id) + "/services", "tamonay.category_services", token);
}

http::request get_orders(std::string_view token, int per_page, int page)
{
    auto target = "/orders?per_page=" + std::to_string(per_page);
    if (page > 1)
        target += "&page=" + std::to_string(page);
    return list(std::move(target), "tamonay.orders", token);
}

http::request get_order(std::string_view token, std::string_view order_id)
{
    return authorised(http::method::get, order_path(order_id), "tamonay.order", token);
}

http::request update_status(std::string_view token, std::string_view order_id)
{
    return authorised(http::method::post, order_path(order_id) + "/update-status", "tamonay.update_status", token);
}

http::request get_balance_history(std::string_view token)
{
    return list("/balance/history", "tamonay.balance_history", token);
}

result<http::request> post_order(std::string_view token, const number_request& wanted)
{
    const auto id = whole_number(wanted.service_id);
    if (!id)
        return error(errc::invalid_argument, "tamonay: a service is a number, as GET /services lists it");
    boost::json::object body;
    body["service_id"] = *id;
    if (!wanted.operator_name.empty())
        body["operator"] = wanted.operator_name;
    if (wanted.forward)
        body["forward"] = *wanted.forward;
    auto r = authorised(http::method::post, "/orders", "order_number", token);
    r.headers.emplace_back("Content-Type", "application/json");
    r.body = boost::json::serialize(body);
    return r;
}

} // namespace ulak::providers::tamonay::wire
