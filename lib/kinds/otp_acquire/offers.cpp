// What the candidates offer, and in which order they are tried.
#include "kinds/loading.hpp"
#include "kinds/otp_acquire/job.hpp"

#include "core/json_text.hpp"
#include "http/auth.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;

void check_offer(const candidate& wanted, offer& o)
{
    if (o.stock && *o.stock <= 0) {
        o.refusal = "no numbers in stock";
    } else if (wanted.max_price && !o.price) {
        o.refusal = "no price is known to compare with max_price";
    } else if (o.price && (o.price->amount.negative() || o.price->amount.zero())) {
        o.refusal = "a price of " + o.price->text() + " cannot be right";
    } else if (wanted.max_price && o.price->unit != wanted.max_price->unit) {
        o.refusal = "the price is in " + o.price->unit + ", max_price in " + wanted.max_price->unit;
    } else if (wanted.max_price && o.price->amount > wanted.max_price->amount) {
        o.refusal = o.price->text() + " is above max_price";
    }
}

} // namespace

task<offer> read_offer(run_context& c, const settings& s, std::size_t index)
{
    const candidate& wanted = s.candidates[index];
    offer o;
    o.read_at = c.clock().now();
    o.candidate = index;
    o.account = c.account(wanted.account);
    auto service = render(wanted.service, c.params());
    auto operator_name = render(wanted.operator_name, c.params());
    if (!o.account || !o.account->numbers) {
        o.refusal = "the account " + wanted.account + " is gone from ulak.yaml";
        co_return o;
    }
    if (!service || !operator_name) {
        o.refusal = service ? operator_name.error().message : service.error().message;
        co_return o;
    }
    o.service = std::move(*service);
    o.operator_name = std::move(*operator_name);
    auto reading = o.account->numbers->offer(o.service, c.clock().now() + o.account->read_timeout);
    auto got = co_await std::move(reading);
    if (got) {
        o.price = got->price;
        o.stock = got->stock;
        check_offer(wanted, o);
    } else if (got.error().code == errc::not_found || wanted.max_price) {
        o.refusal = "no offer: " + got.error().message;
        o.refusal_may_pass = got.error().code != errc::not_found;
    }
    if (!got)
        o.read_error = got.error();
    co_return o;
}

namespace {

bool cheaper(const offer& a, const offer& b)
{
    if (a.price && b.price && a.price->unit == b.price->unit && a.price->amount != b.price->amount)
        return a.price->amount < b.price->amount;
    if (a.price.has_value() != b.price.has_value())
        return a.price.has_value();
    return a.candidate < b.candidate;
}

json::object to_json(const offer& o, const settings& s)
{
    json::object j;
    j["account"] = s.candidates[o.candidate].account;
    j["service"] = o.service;
    j["price"] = o.price ? json::value(ulak::json_of(*o.price)) : json::value(nullptr);
    j["stock"] = o.stock ? json::value(*o.stock) : json::value(nullptr);
    j["usable"] = o.refusal.empty();
    j["reason"] = o.refusal.empty() ? json::value(nullptr) : json::value(json::string(o.refusal));
    return j;
}

} // namespace

task<std::vector<offer>> read_offers(run_context& c, const settings& s, std::size_t first)
{
    std::vector<offer> all;
    const std::size_t n = s.candidates.size();
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t index = s.by_price ? i : (first + i) % n;
        auto reading = read_offer(c, s, index);
        auto o = co_await std::move(reading);
        all.push_back(std::move(o));
    }
    if (s.by_price)
        std::sort(all.begin(), all.end(), cheaper);
    co_return all;
}

task<result<json::object>> acquire_job::plan(run_context& c) const
{
    auto reading = read_offers(c, settings_, 0);
    const auto all = co_await std::move(reading);
    json::object plan;
    json::array candidates;
    std::optional<money> cost;
    for (const offer& o : all) {
        candidates.push_back(to_json(o, settings_));
        if (!cost && o.refusal.empty())
            cost = o.price;
    }
    plan["candidates"] = std::move(candidates);
    plan["attempts"] = settings_.attempts;
    plan["cost"] = json_of(cost);
    plan["digest"] = http::sha256_hex(json::serialize(plan));
    co_return plan;
}

} // namespace ulak::kinds::otp
