#include "sim/numbers.hpp"

#include "core/text.hpp"
#include "sim/number_orders.hpp"
#include "sim/strict.hpp"

#include <algorithm>
#include <array>

namespace ulak::sim::numbers {
namespace {

http::reply refuse(std::string_view message)
{
    return json_reply(json::object(
        {{"success", json::truth(false)}, {"title", json::text("Hata")}, {"message", json::text(message)}}));
}

json::value id_of(call& c, std::uint64_t id)
{
    return json::numeral(static_cast<std::int64_t>(id), c.fault("ids-text").has_value());
}

/// The document shows the price as a text without needless zeros: "8"
json::value details(const number_service& s)
{
    return json::object({{"id", json::number(s.id)},
                         {"price", json::text(s.price.text())},
                         {"stock", json::number(std::max<std::int64_t>(0, s.stock))}});
}

number_service* asked_service(call& c, std::size_t segment)
{
    auto id = c.path_id(segment);
    if (!id)
        c.add_mistake("the service id in the path is not a number");
    return id ? c.world.numbers.catalog.find(static_cast<std::int64_t>(*id)) : nullptr;
}

http::reply categories(call& c)
{
    std::vector<json::value> out;
    for (const auto& one : c.world.numbers.catalog.categories)
        out.push_back(json::object({{"id", json::number(one.id)}, {"name", json::text(one.name)}}));
    c.accept();
    return json_reply(json::array(out));
}

http::reply services(call& c)
{
    auto category = c.path_id(1);
    std::vector<json::value> out;
    for (const auto& s : c.world.numbers.catalog.services)
        if (category && s.category == static_cast<std::int64_t>(*category))
            out.push_back(json::object(
                {{"id", json::number(s.id)}, {"name", json::text(s.name)}, {"category", json::number(s.category)}}));
    if (!category)
        c.add_mistake("the category id in the path is not a number");
    c.accept();
    return json_reply(json::array(out));
}

/// The document answers one id with an array of two; another service comes first here, so that taking the first shows.
http::reply service_details(call& c)
{
    auto* asked = asked_service(c, 1);
    if (!asked)
        return refuse("Servis bulunamadı");
    c.accept();
    if (c.fault("details-object"))
        return json_reply(details(*asked));
    bool two = c.fault("details-array") || !c.fault("details-alone");
    std::vector<json::value> out;
    const auto& all = c.world.numbers.catalog.services;
    auto other = std::find_if(all.begin(), all.end(), [&](const number_service& s) { return s.id != asked->id; });
    if (two && other != all.end())
        out.push_back(details(*other));
    out.push_back(details(*asked));
    return json_reply(json::array(out));
}

http::reply get_number(call& c)
{
    auto service = c.path_id(2);
    if (!service)
        c.add_mistake("the service id in the path is not a number");
    auto made = order_number(c, service ? static_cast<std::int64_t>(*service) : 0, rented_number());
    if (made.number)
        return json_reply(json::object({{"success", json::truth(true)},
                                    {"number_id", id_of(c, made.number->id)},
                                    {"number", json::text(made.number->number)}}));
    switch (made.refusal) {
    case order_refusal::no_stock: return refuse("Bu serviste numara kalmadı");
    case order_refusal::no_money: return refuse("Bakiyeniz yetersiz");
    case order_refusal::no_service: break;
    }
    return refuse("Servis bulunamadı");
}

/// An integer, as in the document: leading zeros are lost on the way.
json::value code_of(call& c, const rented_number& n)
{
    if (c.fault("code-null"))
        return json::null;
    if (c.fault("code-empty"))
        return json::text("");
    if (c.fault("code-text-message"))
        return json::text(n.text);
    if (c.fault("code-raw-zero"))
        return n.code;
    if (c.fault("code-string") || !is_digits(n.code))
        return json::text(n.code);
    return json::number(std::stoll(n.code));
}

http::reply get_message(call& c)
{
    auto id = c.path_id(2);
    auto* n = id ? c.world.numbers.numbers.find(*id) : nullptr;
    if (!n)
        return refuse("Numara bulunamadı");
    c.accept();
    bool here = n->state == number_state::received;
    auto status = here ? 1 : n->state == number_state::waiting ? 0 : -1;
    auto nothing = !here && c.fault("code-empty") ? json::text("") : json::null;
    return json_reply(json::object(
        {{"code", here ? code_of(c, *n) : nothing}, {"id", id_of(c, n->id)}, {"status", json::number(status)}}));
}

http::reply cancel_reply(bool done, std::string_view title, std::string_view message)
{
    return json_reply(
        json::object({{"success", json::truth(done)}, {"title", json::text(title)}, {"message", json::text(message)}}));
}

http::reply cancel(call& c)
{
    auto id = c.path_id(2);
    auto* n = id ? c.world.numbers.numbers.find(*id) : nullptr;
    if (!n)
        return refuse("Numara bulunamadı");
    switch (cancel_number(c, *n)) {
    case cancel_outcome::refunded:
    case cancel_outcome::reported_success_but_received: return cancel_reply(true, "", "");
    case cancel_outcome::already_ended:
    case cancel_outcome::refused: break;
    }
    return cancel_reply(false, "Hata", "Numara iptal edilemedi");
}

/// A bare number, whole where it can be: 100
http::reply balance(call& c)
{
    c.accept();
    return json_reply(json::object({{"balance", c.account_wallet().balance().text()}}));
}

struct operation {
    std::string_view name;
    bool with_key;
    std::size_t segments;
    http::reply (*handle)(call&);
};

constexpr std::array<operation, 7> operation_table{{{"getCategories", false, 1, categories},
                                   {"getServices", false, 2, services},
                                   {"getServiceDetails", false, 2, service_details},
                                   {"getNumber", true, 3, get_number},
                                   {"getMessage", true, 3, get_message},
                                   {"cancelNumber", true, 3, cancel},
                                   {"getBalance", true, 2, balance}}};

const operation* find(const call& c)
{
    for (const auto& r : operation_table)
        if (c.path.size() == r.segments && c.path[r.with_key ? 1 : 0] == r.name)
            return &r;
    return nullptr;
}

} // namespace

std::vector<std::string> operations()
{
    std::vector<std::string> out;
    for (const auto& r : operation_table)
        out.emplace_back(r.name);
    return out;
}

std::string operation_of(call& c)
{
    const auto* r = find(c);
    return r ? std::string(r->name) : "unknown";
}

std::string safe_path(const call& c)
{
    const auto* r = find(c);
    std::string out(base_path(c.protocol));
    for (std::size_t i = 0; i < c.path.size(); ++i)
        out += (i == 0 && !(r && !r->with_key)) ? "/***" : '/' + printable(c.path[i], 60);
    return r || c.path.empty() ? out : std::string(base_path(c.protocol)) + "/***";
}

http::reply serve(call& c)
{
    strict::check_target(c);
    strict::check_no_query(c);
    strict::check_no_body(c);
    if (c.request.verb != "GET" && c.request.verb != "POST") {
        c.add_mistake(c.request.verb + " was used where the document says POST");
        return refuse("Geçersiz istek");
    }
    const auto* r = find(c);
    if (!r) {
        c.add_mistake("the document has no such address");
        return http::reply(404, "<html><body>404</body></html>", "text/html; charset=UTF-8");
    }
    bool known = !r->with_key || c.path[0] == c.world.settings().access.smm_key;
    if (!known)
        c.add_mistake("the api key in the path is wrong");
    if (!known || c.fault("auth"))
        return refuse("API anahtarı hatalı");
    return r->handle(c);
}

} // namespace ulak::sim::numbers
