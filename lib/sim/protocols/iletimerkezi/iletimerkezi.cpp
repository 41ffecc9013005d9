#include "sim/protocols/iletimerkezi/iletimerkezi.hpp"

#include "sim/detail/strict.hpp"
#include "sim/protocols/iletimerkezi/account.hpp"
#include "sim/protocols/iletimerkezi/replies.hpp"
#include "sim/protocols/iletimerkezi/reports.hpp"
#include "sim/protocols/iletimerkezi/send.hpp"

namespace ulak::sim::iletimerkezi {
namespace {

bool check_credentials(call& c, const boost::json::object& request)
{
    auto* v = request.if_contains("authentication");
    if (!v || !v->is_object()) {
        c.add_mistake("\"authentication\" is missing in \"request\"");
        return false;
    }
    const auto& o = v->as_object();
    strict::allow_only_keys(c, o, "authentication", {"key", "hash"});
    bool key = strict::text_of(c, o, "key") == c.credential("iletimerkezi-key");
    bool hash = strict::text_of(c, o, "hash") == c.credential("iletimerkezi-hash");
    if (!key || !hash)
        c.add_mistake(key ? "the hash is wrong" : "the key is wrong");
    return key && hash;
}

/// Keeps the object "request" of the body in the call. False, with a mistake, where there is none.
bool unwrap_request(call& c)
{
    auto body = strict::read_json(c);
    if (!body)
        return false;
    strict::allow_only_keys(c, *body, "the body", {"request"});
    auto* v = body->if_contains("request");
    if (!v || !v->is_object()) {
        c.add_mistake("the body is not wrapped in \"request\"");
        return false;
    }
    c.json_body = std::move(v->as_object());
    return true;
}

std::optional<http::reply> admit(call& c)
{
    strict::check_no_query(c);
    if (!c.operation) {
        c.add_mistake("the document has no such address");
        return respond(c, 404);
    }
    if (c.request.verb != "POST") {
        c.add_mistake(c.request.verb + " was used where the document says POST");
        return respond(c, 404);
    }
    if (!unwrap_request(c))
        return respond(c, 400);
    if (c.fault("auth") || !check_credentials(c, c.json_body))
        return respond(c, 401);
    if (auto code = c.fault_number("code", 503))
        return respond(c, static_cast<int>(*code));
    return std::nullopt;
}

} // namespace

const protocol_descriptor& descriptor()
{
    static const protocol_descriptor row{
        .name = "iletimerkezi",
        .short_name = "iletimerkezi",
        .base_path = "/iletimerkezi/v1",
        .unit = "credits",
        .balance = decimal::from_integer(18'343),
        .goods = {.messages = true, .first_id = 12'323'231, .id_spread = 100},
        .credentials = {{"iletimerkezi-key", "key", "sim-key"}, {"iletimerkezi-hash", "hash", "sim-hash"}},
        .operations = {{"get-balance", "", "get-balance/json", get_balance},
                       {"send-sms", "", "send-sms/json", send_sms},
                       {"cancel-order", "", "cancel-order/json", cancel_order},
                       {"get-report", "", "get-report/json", get_report},
                       {"get-reports", "", "get-reports/json", get_reports},
                       {"get-sender", "", "get-sender/json", get_sender},
                       {"get-blacklist", "", "get-blacklist/json", get_blacklist},
                       {"add-blacklist", "", "add-blacklist/json", add_blacklist},
                       {"delete-blacklist", "", "delete-blacklist/json", delete_blacklist}},
        .faults = {{"code", "answer status code N, mirrored; nothing was done (also: 451)"},
                   {"code-text", "\"code\" as a string"},
                   {"numbers-int", "report: numbers as integers"}},
        .admit = admit,
    };
    return row;
}

} // namespace ulak::sim::iletimerkezi
