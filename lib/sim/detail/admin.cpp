#include "sim/detail/admin.hpp"

#include "sim/detail/json_member.hpp"
#include "sim/detail/number_rental.hpp"
#include "sim/detail/state_page.hpp"
#include "sim/digits.hpp"
#include "sim/fault_kinds.hpp"
#include "sim/registry.hpp"

#include <boost/json/parse.hpp>

#include <array>
#include <ranges>

namespace ulak::sim::admin {
namespace {

constexpr std::size_t default_limit = 1'000;
constexpr std::size_t default_lines = 100'000;

http::reply error_reply(std::string_view why, int status = 400)
{
    return http::reply(status, json::object({{"error", json::text(why)}}) + '\n');
}

http::reply ok_reply()
{
    return http::reply(200, "{\"ok\":true}\n");
}

std::size_t number_parameter(const http::incoming_request& in, std::string_view key, std::size_t fallback)
{
    auto n = parse_id(in.parameter(key));
    return n ? static_cast<std::size_t>(*n) : fallback;
}

http::reply get_ledger(world_state& w, const http::incoming_request& in)
{
    std::string_view only;
    if (auto wanted = in.parameter("protocol"); !wanted.empty()) {
        const auto* protocol = find_protocol(wanted);
        if (!protocol)
            return error_reply("no protocol has this name");
        only = protocol->name;
    }
    auto lines = w.log.lines(number_parameter(in, "after", 0), only, number_parameter(in, "limit", default_lines));
    bool array = in.parameter("format") == "json";
    std::string out = array ? "[" : "";
    for (auto line : lines) {
        if (array && out.size() > 1)
            out += ',';
        out.append(line);
        if (!array)
            out += '\n';
    }
    return http::reply(200, array ? out + "]\n" : out, array ? "application/json" : "application/x-ndjson");
}

http::reply get_state(world_state& w, const http::incoming_request& in)
{
    return http::reply(200, describe_state(w, number_parameter(in, "limit", default_limit)) + '\n');
}

http::reply add_faults(world_state& w, const http::incoming_request& in)
{
    boost::system::error_code failed;
    auto v = boost::json::parse(in.body, failed);
    auto faults = failed ? result<std::vector<fault>>(error(errc::invalid_argument, "the body is not JSON"))
                         : faults_from_json(v);
    if (!faults)
        return error_reply(faults.error().message);
    for (auto& f : *faults)
        w.faults.add(std::move(f));
    return ok_reply();
}

http::reply clear_faults(world_state& w, const http::incoming_request&)
{
    w.faults.clear();
    return ok_reply();
}

std::optional<boost::json::object> body_of(const http::incoming_request& in)
{
    boost::system::error_code failed;
    auto v = boost::json::parse(in.body, failed);
    if (failed || !v.is_object())
        return std::nullopt;
    return std::move(v.as_object());
}

http::reply send_sms(world_state& w, const http::incoming_request& in)
{
    auto o = body_of(in);
    auto id = o ? parse_id(text_member(*o, "number_id")) : std::nullopt;
    if (!id)
        return error_reply("the body is {\"number_id\", \"code\" or \"text\", \"protocol\"}");
    const auto* only = find_protocol(text_member(*o, "protocol"));
    // Two protocols may have given the same id: without a protocol the last row of the registry goes first.
    for (const auto& account : w.accounts() | std::views::reverse) {
        auto* n = account->numbers ? account->numbers->numbers.find(*id) : nullptr;
        if (!n || (only && only != &account->protocol))
            continue;
        if (n->state != number_state::waiting)
            return error_reply("the number is not waiting: " + std::string(name(n->state)), 409);
        auto code = text_member(*o, "code");
        auto text = text_member(*o, "text");
        n->code = code.empty() ? text : code;
        n->text = text.empty() ? n->code : text;
        deliver_sms(*n);
        return ok_reply();
    }
    return error_reply("no number has this id", 404);
}

http::reply set_balance(world_state& w, const http::incoming_request& in)
{
    auto o = body_of(in);
    if (!o)
        return error_reply("the body is {\"protocol\", \"amount\"}, or protocols with amounts");
    if (o->contains("protocol"))
        o = boost::json::object{{text_member(*o, "protocol"), text_member(*o, "amount")}};
    for (const auto& m : *o) {
        const auto* p = find_protocol(std::string_view(m.key()));
        auto amount = decimal::parse(text_member(*o, m.key()));
        if (!p || !amount)
            return error_reply("no such protocol, or no amount");
        w.account(*p).money.set(*amount);
    }
    return ok_reply();
}

http::reply set_stock(world_state& w, const http::incoming_request& in)
{
    auto o = body_of(in);
    const auto* p = o ? find_protocol(text_member(*o, "protocol")) : nullptr;
    auto* market = p ? w.account(*p).numbers.get() : nullptr;
    auto id = o ? parse_id(text_member(*o, "service")) : std::nullopt;
    auto* service = market && id ? market->catalog.find(static_cast<std::int64_t>(*id)) : nullptr;
    if (!service)
        return error_reply("the body is {\"protocol\", \"service\", \"stock\" and/or \"price\"}");
    if (auto stock = parse_id(text_member(*o, "stock")))
        service->stock = static_cast<std::int64_t>(*stock);
    if (auto price = decimal::parse(text_member(*o, "price")))
        service->price = *price;
    return ok_reply();
}

http::reply move_time(world_state& w, const http::incoming_request& in)
{
    auto o = body_of(in);
    auto text = o ? text_member(*o, "advance") : std::string();
    auto d = parse_delay(text);
    if (text.empty() || !d)
        return error_reply("the body is {\"advance\": \"10m\"}");
    w.skip(*d);
    return http::reply(200, json::object({{"now", json::text(rfc3339(w.now()))}}) + '\n');
}

http::reply explain(world_state&, const http::incoming_request&);

struct route {
    std::string_view verb;
    std::string_view path;
    http::reply (*handle)(world_state&, const http::incoming_request&);
    std::string_view help;
};

constexpr std::array<route, 10> routes{
    {{"GET", "/_sim", explain, "this page"},
     {"GET", "/_sim/ledger", get_ledger,
      "?after=N&protocol=P&limit=N: one JSON line for each request; format=json for an array"},
     {"GET", "/_sim/state", get_state, "?limit=N: balances, numbers, sends, orders, faults, time"},
     {"POST", "/_sim/faults", add_faults,
      "a fault, an array of them, or {\"faults\": [...]}; texts as for --fault are taken too"},
     {"DELETE", "/_sim/faults", clear_faults, "no more faults"},
     {"POST", "/_sim/sms", send_sms, "{\"number_id\", \"code\" or \"text\", \"protocol\"}: the SMS comes now"},
     {"POST", "/_sim/balance", set_balance, "{\"protocol\", \"amount\"}, or {\"tamonay\": \"12.50\"}"},
     {"POST", "/_sim/stock", set_stock, "{\"protocol\", \"service\", \"stock\", \"price\"}"},
     {"POST", "/_sim/time", move_time, "{\"advance\": \"10m\"}: the world's time, not the machine's"},
     {"GET", "/_sim/", explain, "this page"}}};

http::reply explain(world_state&, const http::incoming_request&)
{
    std::string out =
        "ulak-sim speaks the protocols of these providers; nothing here costs money or reaches a person.\n\n"
        "Paths:\n";
    for (const auto* p : protocols())
        out += "  " + std::string(p->base_path) + "  " + std::string(p->name) + '\n';
    out += "\nRoutes:\n";
    for (const auto& r : routes)
        if (!r.path.ends_with('/'))
            out += "  " + std::string(r.verb) + ' ' + std::string(r.path) + "  " + std::string(r.help) + '\n';
    out += "\nA fault is {\"protocol\",\"operation\",\"what\",\"parameter\",\"times\",\"after\"}, or the text\n"
           "PROTOCOL.OPERATION=WHAT[:PARAMETER][*TIMES][@AFTER]. WHAT is an HTTP status (429:30 with Retry-After, "
           "302:URL;\n"
           "503-after: it is done, then refused), or one of:\n";
    for (const auto& k : fault_kinds())
        out += "  " + std::string(k.name) + std::string(k.name.size() < 24 ? 24 - k.name.size() : 1, ' ') +
               std::string(k.help) + '\n';
    return http::reply(200, std::move(out), "text/plain; charset=UTF-8");
}

} // namespace

http::reply serve(world_state& w, const http::incoming_request& in)
{
    bool known = false;
    for (const auto& r : routes) {
        if (r.path != in.path)
            continue;
        known = true;
        if (r.verb == in.verb)
            return r.handle(w, in);
    }
    return known ? error_reply("this route has another method; GET /_sim/ explains", 405)
                 : error_reply("there is no such route; GET /_sim/ explains", 404);
}

} // namespace ulak::sim::admin
