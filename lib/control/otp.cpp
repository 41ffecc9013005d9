// A one-time code that no job file asks for: the answer to `ulakctl otp --account A --service S`.
#include "control/handlers.hpp"
#include "control/problem.hpp"
#include "core/text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::control {

namespace json = boost::json;

namespace {

/// What such runs are listed under; `ulakctl runs --job otp-by-hand` shows them.
constexpr char by_hand[] = "otp-by-hand";
/// Callers by hand do not wait for each other; the account's own limits hold for them as for every job.
constexpr int at_once = 100;

result<std::string> text_in(const json::object& body, const char* key, bool required)
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
task<result<std::string>> price_of(desk& at, const std::string& account, const std::string& service)
{
    auto listed = co_await at.with.machine.services(account);
    if (!listed)
        co_return listed.error();
    const auto found = std::ranges::find(*listed, service, &providers::service::id);
    if (found == listed->end())
        co_return error(errc::not_found, "account " + account + " has no service " + printable(service));
    if (!found->price)
        co_return error(errc::invalid_argument, "max_price is needed: the provider lists no price of this service");
    co_return found->price->text();
}

result<const providers::account*> seller(const providers::accounts& all, const std::string& name)
{
    const auto found = all.find(name);
    if (found == all.end())
        return error(errc::not_found, "there is no account " + printable(name));
    if (!found->second->can.sells_numbers)
        return error(errc::unsupported, "account " + name + " sells no numbers");
    return found->second.get();
}

/// Where templates are taken, a literal `${` is written `$${`.
std::string literal(std::string text)
{
    for (auto at = text.find("${"); at != std::string::npos; at = text.find("${", at + 3))
        text.insert(at, "$");
    return text;
}

/// Every word of the body.
struct wishes {
    std::string account{}, service{}, network{}, max_price{}, wait{};
    std::int64_t length = 0; ///< 0: as the code comes
};

/// A job as a file would say it; JSON is YAML.
std::string definition_of(const json::object& candidate, const std::string& price, const wishes& w)
{
    json::object job{{"version", 1}, {"kind", "otp.acquire"}, {"concurrency", at_once}};
    job["description"] = "A one-time code, asked for by hand.";
    job["budget"] = json::object{{"run", price}};
    job["candidates"] = json::array{candidate};
    if (!w.wait.empty())
        job["wait"] = json::object{{"code", w.wait}};
    if (w.length != 0)
        job["length"] = w.length;
    return json::serialize(job) + "\n";
}

result<wishes> read_wishes(const json::object& body)
{
    wishes w;
    struct row {
        const char* key;
        std::string& to;
        bool required;
    };
    for (const row& r :
         {row{"account", w.account, true}, row{"service", w.service, true}, row{"operator", w.network, false},
          row{"max_price", w.max_price, false}, row{"wait", w.wait, false}}) {
        auto text = text_in(body, r.key, r.required);
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

task<result<std::string>> compose(desk& at, const wishes& w)
{
    const auto held = at.with.machine.accounts();
    auto account = seller(*held, w.account);
    if (!account)
        co_return account.error();
    result<std::string> price = w.max_price;
    if (w.max_price.empty())
        price = co_await price_of(at, w.account, w.service);
    if (!price)
        co_return price.error();
    json::object candidate{{"account", w.account}, {"service", literal(w.service)}, {"max_price", *price}};
    candidate["on_timeout"] = (*account)->can.cancels_numbers ? "cancel" : "abandon";
    if (!w.network.empty())
        candidate["operator"] = literal(w.network);
    co_return definition_of(candidate, *price, w);
}

} // namespace

task<http::reply> post_otp(call& c)
{
    auto body = body_of(c.in, {"account", "service", "operator", "max_price", "wait", "length"});
    if (!body)
        co_return problem(body.error());
    auto asked = read_wishes(*body);
    if (!asked)
        co_return problem(asked.error());
    auto request = start_of(c.in, by_hand);
    if (!request)
        co_return problem(request.error());
    // Before anybody is asked for a price: a repeat has its answer even while the provider has none.
    auto before = co_await c.at.with.machine.find_existing(*request);
    if (!before)
        co_return problem(before.error());
    if (*before)
        co_return co_await follow_run(c, std::move((**before).id));
    auto definition = co_await compose(c.at, *asked);
    if (!definition)
        co_return problem(definition.error());
    request->definition = std::move(*definition);
    auto begun = begin_run(c, std::move(*request));
    co_return co_await std::move(begun);
}

} // namespace ulak::control
