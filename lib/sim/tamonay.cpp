#include "sim/tamonay.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "sim/strict.hpp"

#include <array>

namespace ulak::sim::tamonay {
namespace {

struct row {
    std::string_view name;
    std::string_view verb;
    std::string_view path; ///< "*" stands for an id
    http::reply (*serve)(call&);
};

constexpr std::array<row, 9> rows{{{"user", "GET", "user", user},
                                   {"categories", "GET", "categories", categories},
                                   {"services", "GET", "services", services},
                                   {"category-services", "GET", "categories/*/services", category_services},
                                   {"order", "POST", "orders", order},
                                   {"orders", "GET", "orders", orders},
                                   {"order-detail", "GET", "orders/*", order_detail},
                                   {"update-status", "POST", "orders/*/update-status", update_status},
                                   {"history", "GET", "balance/history", history}}};

bool fits(std::string_view pattern, const std::vector<std::string>& path)
{
    auto wanted = split(pattern, '/');
    if (wanted.size() != path.size())
        return false;
    for (std::size_t i = 0; i < path.size(); ++i)
        if (wanted[i] != "*" && wanted[i] != path[i])
            return false;
    return true;
}

const row* find(const call& c)
{
    for (const auto& r : rows)
        if (r.verb == c.in.verb && fits(r.path, c.path))
            return &r;
    return nullptr;
}

http::reply login_page()
{
    auto r = http::reply(302, "<html><body>Redirecting to <a href=\"/login\">login</a></body></html>",
                         "text/html; charset=UTF-8");
    r.headers.emplace_back("Location", "https://www.tamonay.com/login");
    return r;
}

/// Laravel sends a browser to the login page; only who asks for JSON gets a 401.
http::reply unauthenticated(call& c)
{
    if (lower_ascii(c.in.header("Accept")).find("application/json") == std::string::npos)
        return login_page();
    return answer(json::object({{"message", json::text("Unauthenticated.")}}), 401);
}

bool token_holds(call& c)
{
    auto given = c.in.header("Authorization");
    if (given == http::bearer_authorization(c.here.settings().who.tamonay_token))
        return true;
    c.mistake(given.empty()                   ? "the Bearer token is missing"
              : !given.starts_with("Bearer ") ? "the Authorization header is not of the Bearer kind"
                                              : "the Bearer token is wrong");
    return false;
}

http::reply no_such_address(call& c)
{
    for (const auto& r : rows)
        if (fits(r.path, c.path)) {
            c.mistake(c.in.verb + " was used where the document says " + std::string(r.verb));
            return answer(json::object({{"message",
                                         json::text("The " + c.in.verb + " method is not supported for this route.")}}),
                          405);
        }
    c.mistake("the document has no such address");
    return refuse(404, "Kaynak bulunamadı");
}

} // namespace

std::vector<std::string> operations()
{
    std::vector<std::string> out;
    for (const auto& r : rows)
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
    return c.in.path;
}

http::reply show(call&, json::value data, int status, std::string_view message)
{
    std::vector<json::member> members{{"success", json::truth(true)}};
    if (!message.empty())
        members.emplace_back("message", json::text(message));
    members.emplace_back("data", std::move(data));
    return answer(json::object(members), status);
}

http::reply refuse(int status, std::string_view message)
{
    return answer(json::object({{"success", json::truth(false)}, {"message", json::text(message)}}), status);
}

http::reply serve(call& c)
{
    strict::check_target(c);
    strict::check_header(c, "Accept", "application/json");
    if (c.fault("auth") || !token_holds(c))
        return unauthenticated(c);
    const auto* r = find(c);
    if (!r)
        return no_such_address(c);
    if (r->verb == "GET")
        strict::check_no_body(c);
    if (c.operation != "orders" && c.operation != "history")
        strict::check_no_query(c);
    return r->serve(c);
}

page read_page(call& c, std::size_t total)
{
    constexpr std::size_t most_rows = 100;
    const auto& query = c.query;
    query.only(c, {"per_page", "page"});
    page p;
    p.total = total;
    for (auto [key, field] : {std::pair("per_page", &p.size), std::pair("page", &p.number)}) {
        auto text = query.find(key);
        auto n = text ? read_id(*text) : std::nullopt;
        if (text && (!n || *n == 0))
            c.mistake(std::string(key) + " is no whole number from 1");
        if (n && *n > 0)
            *field = static_cast<std::size_t>(*n);
    }
    p.size = std::min(p.size, most_rows);
    return p;
}

http::reply show_page(call& c, const page& p, const std::vector<json::value>& found)
{
    auto shape = c.fault("list-shape").value_or("inside");
    auto count = [](std::size_t n) { return json::number(static_cast<std::int64_t>(n)); };
    std::vector<json::member> where{{"current_page", count(p.number)},
                                    {"last_page", count(p.last_number())},
                                    {"per_page", count(p.size)},
                                    {"total", count(p.total)}};
    c.accept();
    auto list = json::array(found);
    if (shape == "plain")
        return show(c, list);
    if (shape == "inside") {
        where.insert(where.begin(), {"data", list});
        return show(c, json::object(where));
    }
    auto links = json::object({{"first", json::text("?page=1")}, {"next", json::null}});
    return answer(json::object(
        {{"success", json::truth(true)}, {"data", list}, {"links", links}, {"meta", json::object(where)}}));
}

} // namespace ulak::sim::tamonay
