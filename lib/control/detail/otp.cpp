#include "control/detail/otp.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/run_start.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::control {

namespace json = boost::json;

namespace {

/// Callers by hand do not wait for each other; the account's own limits hold for them as for every job.
constexpr int manual_concurrency = 100;

result<std::string> read_text(const json::object& body, const char* key, bool required)
{
    const json::value* v = body.if_contains(key);
    if (v && v->is_string() && !v->get_string().empty())
        return std::string(v->get_string());
    if (v && !v->is_string())
        return error(errc::invalid_argument, std::string(key) + ": a text is needed");
    if (required)
        return error(errc::invalid_argument, std::string(key) + " is needed");
    return std::string();
}

/// Without a word about the price, it is the one that the provider lists now: more than that is not spent.
task<result<std::string>> listed_price(server_state& server, const std::string& account, const std::string& service)
{
    auto listed = co_await server.deps.engine.services(account);
    if (!listed)
        co_return listed.error();
    const auto found = std::ranges::find(*listed, service, &providers::service::id);
    if (found == listed->end())
        co_return error(errc::not_found, "account " + account + " has no service " + printable(service));
    if (!found->price)
        co_return error(errc::invalid_argument, "max_price is needed: the provider lists no price of this service");
    co_return found->price->text();
}

result<const providers::account*> find_seller(const providers::accounts& all, const std::string& name)
{
    const auto found = all.find(name);
    if (found == all.end())
        return error(errc::not_found, "there is no account " + printable(name));
    if (!found->second->numbers)
        return error(errc::unsupported, "account " + name + " sells no numbers");
    return found->second.get();
}

/// Where templates are taken, a literal `${` is written `$${`.
std::string escape_template(std::string text)
{
    for (auto at = text.find("${"); at != std::string::npos; at = text.find("${", at + 3))
        text.insert(at, "$");
    return text;
}

/// `otp` in ulak.yaml is the budget of those who have no job file with one.
result<void> check_limits(const engine::otp_limits& limits, const std::string& price, const std::string& account)
{
    const auto most = money::parse(price);
    if (!most)
        return error(errc::invalid_argument, "max_price: " + most.error().message);
    const std::string remedy = "; `otp: {max_price, day}` in ulak.yaml says what may be spent without a job file";
    for (const auto& [name, limit] : {std::pair("otp.max_price", limits.max_price), std::pair("otp.day", limits.day)}) {
        const std::string is = std::string(name) + " is " + limit.text();
        if (most->unit != limit.unit)
            return error(errc::budget, "a number at " + account + " is paid in " + most->unit + ", and " + is + remedy);
        if (most->amount > limit.amount)
            return error(errc::budget, "a number for " + most->text() + " is too dear: " + is + remedy);
    }
    return {};
}

/// Every word of the body.
struct otp_request {
    std::string account{}, service{}, network{}, max_price{}, wait{};
    std::int64_t length = 0; ///< 0: as the code comes
};

/// A job as a file would say it; JSON is YAML.
std::string make_definition(const json::object& candidate, const std::string& price, const money& day,
                            const otp_request& w)
{
    json::object job{{"version", 1}, {"kind", "otp.acquire"}, {"concurrency", manual_concurrency}};
    job["description"] = "A one-time code, asked for by hand.";
    job["budget"] = json::object{{"run", price}, {"day", day.text()}};
    job["candidates"] = json::array{candidate};
    if (!w.wait.empty())
        job["wait"] = json::object{{"code", w.wait}};
    if (w.length != 0)
        job["length"] = w.length;
    return json::serialize(job) + "\n";
}

result<otp_request> read_request(const json::object& body)
{
    otp_request w;
    struct row {
        const char* key;
        std::string& to;
        bool required;
    };
    for (const row& r :
         {row{"account", w.account, true}, row{"service", w.service, true}, row{"operator", w.network, false},
          row{"max_price", w.max_price, false}, row{"wait", w.wait, false}}) {
        auto text = read_text(body, r.key, r.required);
        if (!text)
            return text.error();
        r.to = std::move(*text);
    }
    if (const json::value* length = body.if_contains("length"); length && length->is_int64())
        w.length = length->get_int64();
    else if (length)
        return error(errc::invalid_argument, "length: a whole number is needed");
    return w;
}

task<result<std::string>> compose_definition(server_state& server, const otp_request& w)
{
    const auto held = server.deps.engine.accounts();
    auto account = find_seller(*held, w.account);
    if (!account)
        co_return account.error();
    result<std::string> price = w.max_price;
    if (w.max_price.empty())
        price = co_await listed_price(server, w.account, w.service);
    if (!price)
        co_return price.error();
    const engine::otp_limits limits = server.deps.engine.otp();
    if (auto within = check_limits(limits, *price, w.account); !within)
        co_return within.error();
    json::object candidate{{"account", w.account}, {"service", escape_template(w.service)}, {"max_price", *price}};
    candidate["on_timeout"] = (*account)->numbers->can_cancel() ? "cancel" : "abandon";
    if (!w.network.empty())
        candidate["operator"] = escape_template(w.network);
    co_return make_definition(candidate, *price, limits.day, w);
}

} // namespace

task<http::reply> post_otp(request_context& c)
{
    auto body = parse_body(c.request, {"account", "service", "operator", "max_price", "wait", "length"});
    if (!body)
        co_return problem(body.error());
    auto asked = read_request(*body);
    if (!asked)
        co_return problem(asked.error());
    auto request = read_start_request(c.request, engine::otp_by_hand);
    if (!request)
        co_return problem(request.error());
    // Before anybody is asked for a price: a repeat has its answer even while the provider has none.
    auto before = co_await c.engine().find_existing(*request);
    if (!before)
        co_return problem(before.error());
    if (*before)
        co_return co_await follow_run(c, std::move((**before).id));
    auto definition = co_await compose_definition(c.server, *asked);
    if (!definition)
        co_return problem(definition.error());
    request->definition = std::move(*definition);
    co_return co_await start_and_follow(c, std::move(*request));
}

} // namespace ulak::control
