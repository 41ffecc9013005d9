#include "sim/protocols/smmonayim_numbers/smmonayim_numbers.hpp"

#include "core/text.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/smmonayim_numbers/catalog.hpp"
#include "sim/protocols/smmonayim_numbers/orders.hpp"
#include "sim/protocols/smmonayim_numbers/replies.hpp"

namespace ulak::sim::smmonayim_numbers {
namespace {

bool needs_key(const operation& o)
{
    return o.path.starts_with("*/");
}

/// Everything is refused with HTTP 200, except an address that does not exist.
std::optional<http::reply> admit(call& c)
{
    strict::check_no_query(c);
    strict::check_no_body(c);
    if (c.request.verb != "GET" && c.request.verb != "POST") {
        c.add_mistake(c.request.verb + " was used where the document says POST");
        return refuse("Geçersiz istek");
    }
    if (!c.operation) {
        c.add_mistake("the document has no such address");
        return http::reply(404, "<html><body>404</body></html>", "text/html; charset=UTF-8");
    }
    const bool known = !needs_key(*c.operation) || c.path[0] == c.credential("smmonayim-key");
    if (!known)
        c.add_mistake("the api key in the path is wrong");
    if (!known || c.fault("auth"))
        return refuse("API anahtarı hatalı");
    return std::nullopt;
}

/// With "***" for the key, and for everything where the address is unknown: it may hold a key anywhere.
std::string hide_key(const call& c)
{
    std::string out(c.protocol.base_path);
    if (!c.operation)
        return c.path.empty() ? out : out + "/***";
    for (std::size_t i = 0; i < c.path.size(); ++i)
        out += i == 0 && needs_key(*c.operation) ? "/***" : '/' + printable(c.path[i], 60);
    return out;
}

} // namespace

const protocol_descriptor& descriptor()
{
    static const protocol_descriptor row{
        .name = "smmonayim-numbers",
        .short_name = "numbers",
        .base_path = "/numbers/api/v1",
        .unit = "TRY",
        .balance = decimal::from_integer(100),
        .goods = {.numbers = make_catalog, .first_id = 99, .id_spread = 10},
        .credentials = {{"smmonayim-key", "key", "sim-smm-key"}},
        .operations = {{"getCategories", "", "getCategories", categories},
                       {"getServices", "", "getServices/*", services},
                       {"getServiceDetails", "", "getServiceDetails/*", service_details},
                       {"getNumber", "", "*/getNumber/*", get_number},
                       {"getMessage", "", "*/getMessage/*", get_message},
                       {"cancelNumber", "", "*/cancelNumber/*", cancel_number},
                       {"getBalance", "", "*/getBalance", get_balance}},
        .faults = {{"details-object", "getServiceDetails answers one object"},
                   {"details-alone", "getServiceDetails answers an array of one"},
                   {"details-array", "getServiceDetails answers an array of two (default)"}},
        .admit = admit,
        .safe_path = hide_key,
    };
    return row;
}

} // namespace ulak::sim::smmonayim_numbers
