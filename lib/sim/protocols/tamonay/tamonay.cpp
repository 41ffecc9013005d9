#include "sim/protocols/tamonay/tamonay.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "sim/detail/dispatcher.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/tamonay/account.hpp"
#include "sim/protocols/tamonay/catalog.hpp"
#include "sim/protocols/tamonay/orders.hpp"
#include "sim/protocols/tamonay/replies.hpp"

namespace ulak::sim::tamonay {
namespace {

http::reply login_page()
{
    auto r = http::reply(302, "<html><body>Redirecting to <a href=\"/login\">login</a></body></html>",
                         "text/html; charset=UTF-8");
    r.headers.emplace_back("Location", "https://www.tamonay.com/login");
    return r;
}

/// Laravel redirects a browser to the login page; only a client that asks for JSON gets a 401.
http::reply unauthenticated(call& c)
{
    if (lower_ascii(c.request.header("Accept")).find("application/json") == std::string::npos)
        return login_page();
    return json_reply(json::object({{"message", json::text("Unauthenticated.")}}), 401);
}

bool check_token(call& c)
{
    auto given = c.request.header("Authorization");
    if (given == http::bearer_authorization(std::string(c.credential("tamonay-token"))))
        return true;
    c.add_mistake(given.empty()                   ? "the Bearer token is missing"
                  : !given.starts_with("Bearer ") ? "the Authorization header is not of the Bearer kind"
                                                  : "the Bearer token is wrong");
    return false;
}

http::reply no_such_address(call& c)
{
    for (const auto& r : c.protocol.operations)
        if (matches_pattern(r.path, c.path)) {
            c.add_mistake(c.request.verb + " was used where the document says " + std::string(r.verb));
            return json_reply(json::object({{"message", json::text("The " + c.request.verb +
                                                                   " method is not supported for this route.")}}),
                              405);
        }
    c.add_mistake("the document has no such address");
    return refuse(404, "Kaynak bulunamadı");
}

/// Only lists take one, for the page.
bool takes_query(const operation& o)
{
    return o.name == "orders" || o.name == "history";
}

std::optional<http::reply> admit(call& c)
{
    strict::check_header(c, "Accept", "application/json");
    if (c.fault("auth") || !check_token(c))
        return unauthenticated(c);
    if (!c.operation)
        return no_such_address(c);
    if (c.operation->verb == "GET")
        strict::check_no_body(c);
    if (!takes_query(*c.operation))
        strict::check_no_query(c);
    return std::nullopt;
}

} // namespace

const protocol_descriptor& descriptor()
{
    static const protocol_descriptor row{
        .name = "tamonay",
        .short_name = "tamonay",
        .base_path = "/tamonay/api/v1",
        .unit = "TRY",
        .balance = decimal::from_integer(150),
        .goods = {.numbers = make_catalog, .first_id = 122, .id_spread = 10},
        .credentials = {{"tamonay-token", "token", "sim-token"}},
        .operations = {{"user", "GET", "user", user},
                       {"categories", "GET", "categories", categories},
                       {"services", "GET", "services", services},
                       {"category-services", "GET", "categories/*/services", category_services},
                       {"order", "POST", "orders", order},
                       {"orders", "GET", "orders", orders},
                       {"order-detail", "GET", "orders/*", order_detail},
                       {"update-status", "POST", "orders/*/update-status", update_status},
                       {"history", "GET", "balance/history", history}},
        .faults = {{"code-field", "the SMS in this JSON pointer below data, sms_code by default"},
                   {"list-shape", "lists: plain, inside (default) or meta"}},
        .admit = admit,
    };
    return row;
}

} // namespace ulak::sim::tamonay
