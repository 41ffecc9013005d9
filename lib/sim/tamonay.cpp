#include "sim/tamonay.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "sim/strict.hpp"

#include <array>

namespace ulak::sim::tamonay {
namespace {

struct operation {
    std::string_view name;
    std::string_view verb;
    std::string_view path; ///< "*" stands for an id
    http::reply (*handle)(call&);
};

constexpr std::array<operation, 9> operation_table{{{"user", "GET", "user", user},
                                   {"categories", "GET", "categories", categories},
                                   {"services", "GET", "services", services},
                                   {"category-services", "GET", "categories/*/services", category_services},
                                   {"order", "POST", "orders", order},
                                   {"orders", "GET", "orders", orders},
                                   {"order-detail", "GET", "orders/*", order_detail},
                                   {"update-status", "POST", "orders/*/update-status", update_status},
                                   {"history", "GET", "balance/history", history}}};

bool matches_pattern(std::string_view pattern, const std::vector<std::string>& path)
{
    auto wanted = split(pattern, '/');
    if (wanted.size() != path.size())
        return false;
    for (std::size_t i = 0; i < path.size(); ++i)
        if (wanted[i] != "*" && wanted[i] != path[i])
            return false;
    return true;
}

const operation* find(const call& c)
{
    for (const auto& r : operation_table)
        if (r.verb == c.request.verb && matches_pattern(r.path, c.path))
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
    if (lower_ascii(c.request.header("Accept")).find("application/json") == std::string::npos)
        return login_page();
    return json_reply(json::object({{"message", json::text("Unauthenticated.")}}), 401);
}

bool check_token(call& c)
{
    auto given = c.request.header("Authorization");
    if (given == http::bearer_authorization(c.world.settings().access.tamonay_token))
        return true;
    c.add_mistake(given.empty()                   ? "the Bearer token is missing"
              : !given.starts_with("Bearer ") ? "the Authorization header is not of the Bearer kind"
                                              : "the Bearer token is wrong");
    return false;
}

http::reply no_such_address(call& c)
{
    for (const auto& r : operation_table)
        if (matches_pattern(r.path, c.path)) {
            c.add_mistake(c.request.verb + " was used where the document says " + std::string(r.verb));
            return json_reply(json::object({{"message",
                                         json::text("The " + c.request.verb + " method is not supported for this route.")}}),
                          405);
        }
    c.add_mistake("the document has no such address");
    return refuse(404, "Kaynak bulunamadı");
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
    return c.request.path;
}

http::reply success_reply(call&, json::value data, int status, std::string_view message)
{
    std::vector<json::member> members{{"success", json::truth(true)}};
    if (!message.empty())
        members.emplace_back("message", json::text(message));
    members.emplace_back("data", std::move(data));
    return json_reply(json::object(members), status);
}

http::reply refuse(int status, std::string_view message)
{
    return json_reply(json::object({{"success", json::truth(false)}, {"message", json::text(message)}}), status);
}

http::reply serve(call& c)
{
    strict::check_target(c);
    strict::check_header(c, "Accept", "application/json");
    if (c.fault("auth") || !check_token(c))
        return unauthenticated(c);
    const auto* r = find(c);
    if (!r)
        return no_such_address(c);
    if (r->verb == "GET")
        strict::check_no_body(c);
    if (c.operation != "orders" && c.operation != "history")
        strict::check_no_query(c);
    return r->handle(c);
}

page read_page(call& c, std::size_t total)
{
    constexpr std::size_t most_rows = 100;
    const auto& query = c.query;
    query.allow_only(c, {"per_page", "page"});
    page p;
    p.total = total;
    for (auto [key, field] : {std::pair("per_page", &p.size), std::pair("page", &p.number)}) {
        auto text = query.find(key);
        auto n = text ? parse_id(*text) : std::nullopt;
        if (text && (!n || *n == 0))
            c.add_mistake(std::string(key) + " is no whole number from 1");
        if (n && *n > 0)
            *field = static_cast<std::size_t>(*n);
    }
    p.size = std::min(p.size, most_rows);
    return p;
}

http::reply page_reply(call& c, const page& p, const std::vector<json::value>& found)
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
        return success_reply(c, list);
    if (shape == "inside") {
        where.insert(where.begin(), {"data", list});
        return success_reply(c, json::object(where));
    }
    auto links = json::object({{"first", json::text("?page=1")}, {"next", json::null}});
    return json_reply(json::object(
        {{"success", json::truth(true)}, {"data", list}, {"links", links}, {"meta", json::object(where)}}));
}

} // namespace ulak::sim::tamonay
