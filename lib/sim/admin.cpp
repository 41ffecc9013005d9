#include "sim/admin.hpp"

#include "sim/call.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace ulak::sim::admin {
namespace {

constexpr std::size_t default_limit = 1'000;
constexpr std::size_t default_lines = 100'000;

http::reply problem(std::string_view why, int status = 400)
{
    return http::reply(status, json::object({{"error", json::text(why)}}) + '\n');
}

http::reply done()
{
    return http::reply(200, "{\"ok\":true}\n");
}

/// A member as text, also if it is a number. Empty if it is absent.
std::string member(const boost::json::object& o, std::string_view key)
{
    auto* v = o.if_contains(key);
    if (!v || v->is_null())
        return {};
    return v->is_string() ? std::string(v->as_string()) : boost::json::serialize(*v);
}

std::size_t number_parameter(const http::incoming_request& in, std::string_view key, std::size_t fallback)
{
    auto n = read_id(in.parameter(key));
    return n ? static_cast<std::size_t>(*n) : fallback;
}

http::reply get_ledger(world& w, const http::incoming_request& in)
{
    std::optional<protocol_id> only;
    if (auto wanted = in.parameter("protocol"); !wanted.empty()) {
        only = find_protocol(wanted);
        if (!only)
            return problem("no protocol has this name");
    }
    auto lines = w.lines.lines(number_parameter(in, "after", 0), only, number_parameter(in, "limit", default_lines));
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

http::reply get_state(world& w, const http::incoming_request& in)
{
    return http::reply(200, state_of(w, number_parameter(in, "limit", default_limit)) + '\n');
}

http::reply add_faults(world& w, const http::incoming_request& in)
{
    boost::system::error_code failed;
    auto v = boost::json::parse(in.body, failed);
    auto faults =
        failed ? result<std::vector<fault>>(error(errc::invalid_argument, "the body is not JSON")) : read_faults(v);
    if (!faults)
        return problem(faults.error().message);
    for (auto& f : *faults)
        w.faults.add(std::move(f));
    return done();
}

http::reply clear_faults(world& w, const http::incoming_request&)
{
    w.faults.clear();
    return done();
}

std::optional<boost::json::object> body_of(const http::incoming_request& in)
{
    boost::system::error_code failed;
    auto v = boost::json::parse(in.body, failed);
    if (failed || !v.is_object())
        return std::nullopt;
    return std::move(v.as_object());
}

http::reply send_sms(world& w, const http::incoming_request& in)
{
    auto o = body_of(in);
    auto id = o ? read_id(member(*o, "number_id")) : std::nullopt;
    if (!id)
        return problem("the body is {\"number_id\", \"code\" or \"text\", \"protocol\"}");
    auto only = find_protocol(member(*o, "protocol"));
    for (auto* shop : {&w.numbers, &w.tamonay}) {
        auto* n = shop->rented.find(*id);
        if (!n || (only && *only != shop->protocol))
            continue;
        if (n->state != number_state::waiting)
            return problem("the number is not waiting: " + std::string(name(n->state)), 409);
        auto code = member(*o, "code");
        auto text = member(*o, "text");
        n->code = code.empty() ? text : code;
        n->text = text.empty() ? n->code : text;
        w.receive(*n);
        return done();
    }
    return problem("no number has this id", 404);
}

http::reply set_balance(world& w, const http::incoming_request& in)
{
    auto o = body_of(in);
    if (!o)
        return problem("the body is {\"protocol\", \"amount\"}, or protocols with amounts");
    if (o->contains("protocol"))
        o = boost::json::object{{member(*o, "protocol"), member(*o, "amount")}};
    for (const auto& m : *o) {
        auto p = find_protocol(std::string_view(m.key()));
        auto amount = decimal::parse(member(*o, m.key()));
        if (!p || !amount)
            return problem("no such protocol, or no amount");
        w.money(*p).set(*amount);
    }
    return done();
}

http::reply set_stock(world& w, const http::incoming_request& in)
{
    auto o = body_of(in);
    auto p = o ? find_protocol(member(*o, "protocol")) : std::nullopt;
    auto id = o ? read_id(member(*o, "service")) : std::nullopt;
    auto* service = p && id ? w.shop(*p).catalog.find(static_cast<std::int64_t>(*id)) : nullptr;
    if (!service)
        return problem("the body is {\"protocol\", \"service\", \"stock\" and/or \"price\"}");
    if (auto stock = read_id(member(*o, "stock")))
        service->stock = static_cast<std::int64_t>(*stock);
    if (auto price = decimal::parse(member(*o, "price")))
        service->price = *price;
    return done();
}

http::reply move_time(world& w, const http::incoming_request& in)
{
    auto o = body_of(in);
    auto text = o ? member(*o, "advance") : std::string();
    auto d = read_delay(text);
    if (text.empty() || !d)
        return problem("the body is {\"advance\": \"10m\"}");
    w.skip(*d);
    return http::reply(200, json::object({{"now", json::text(rfc3339(w.now()))}}) + '\n');
}

http::reply explain(world&, const http::incoming_request&);

struct row {
    std::string_view verb;
    std::string_view path;
    http::reply (*serve)(world&, const http::incoming_request&);
    std::string_view help;
};

constexpr std::array<row, 10> rows{
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

http::reply explain(world&, const http::incoming_request&)
{
    std::string out =
        "ulak-sim speaks five provider protocols; nothing here costs money or reaches a person.\n\nPaths:\n";
    for (std::size_t i = 0; i < protocol_count; ++i)
        out += "  " + std::string(base_path(static_cast<protocol_id>(i))) + "  " +
               std::string(name(static_cast<protocol_id>(i))) + '\n';
    out += "\nRoutes:\n";
    for (const auto& r : rows)
        if (!r.path.ends_with('/'))
            out += "  " + std::string(r.verb) + ' ' + std::string(r.path) + "  " + std::string(r.help) + '\n';
    out += "\nA fault is {\"protocol\",\"operation\",\"what\",\"parameter\",\"times\",\"after\"}, or the text\n"
           "PROTOCOL.OPERATION=WHAT[:PARAMETER][*TIMES][@AFTER]. WHAT is an HTTP status (429:30 with Retry-After, "
           "302:URL;\n"
           "503-after: it is done, then refused), or one of:\n";
    for (const auto& k : fault_kinds())
        out += "  " + std::string(k.what) + std::string(k.what.size() < 24 ? 24 - k.what.size() : 1, ' ') +
               std::string(k.help) + '\n';
    return http::reply(200, std::move(out), "text/plain; charset=UTF-8");
}

} // namespace

http::reply serve(world& w, const http::incoming_request& in)
{
    bool known = false;
    for (const auto& r : rows) {
        if (r.path != in.path)
            continue;
        known = true;
        if (r.verb == in.verb)
            return r.serve(w, in);
    }
    return known ? problem("this route has another method; GET /_sim/ explains", 405)
                 : problem("there is no such route; GET /_sim/ explains", 404);
}

} // namespace ulak::sim::admin
