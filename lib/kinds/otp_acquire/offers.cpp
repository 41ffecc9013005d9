#include "kinds/otp_acquire/offers.hpp"

#include "core/json_text.hpp"
#include "kinds/loading.hpp"

#include <algorithm>
#include <utility>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;

bool is_above(const candidate& wanted, const offer& o)
{
    return wanted.max_price && o.price && o.price->unit == wanted.max_price->unit &&
           o.price->amount > wanted.max_price->amount;
}

/// Why an offer that was read is not usable; empty: it is.
std::string refusal_of(const candidate& wanted, const offer& o)
{
    if (o.stock && *o.stock <= 0)
        return "no numbers in stock";
    if (wanted.max_price && !o.price)
        return "no price is known to compare with max_price";
    if (o.price && (o.price->amount.negative() || o.price->amount.zero()))
        return "a price of " + o.price->text() + " cannot be right";
    if (wanted.max_price && o.price->unit != wanted.max_price->unit)
        return "the price is in " + o.price->unit + ", max_price in " + wanted.max_price->unit;
    if (is_above(wanted, o))
        return o.price->text() + " is above max_price";
    return {};
}

/// Prices in different units do not compare: the file's order decides.
bool cheaper(const offer& a, const offer& b)
{
    if (a.price && b.price && a.price->unit == b.price->unit && a.price->amount != b.price->amount)
        return a.price->amount < b.price->amount;
    if (a.price.has_value() != b.price.has_value())
        return a.price.has_value();
    return a.candidate < b.candidate;
}

/// The offer with its account and what to order there, or with the reason why nothing can be asked for.
offer prepare_offer(run_context& c, const candidate& wanted, std::size_t index)
{
    offer o;
    o.read_at = c.clock().now();
    o.candidate = index;
    o.account = c.account(wanted.account);
    auto service = render(wanted.service, c.params());
    auto operator_name = render(wanted.operator_name, c.params());
    if (!o.account || !o.account->numbers) {
        o.refusal = "the account " + wanted.account + " is gone from ulak.yaml";
    } else if (!service || !operator_name) {
        o.refusal = service ? operator_name.error().message : service.error().message;
    } else {
        o.service = std::move(*service);
        o.operator_name = std::move(*operator_name);
    }
    return o;
}

} // namespace

task<offer> read_offer(run_context& c, const settings& s, std::size_t index)
{
    const candidate& wanted = s.candidates[index];
    offer o = prepare_offer(c, wanted, index);
    if (!o.refusal.empty())
        co_return o;
    const auto deadline = c.clock().now() + o.account->read_timeout;
    auto sold = co_await o.account->numbers->offer(o.service, deadline);
    if (sold) {
        o.price = sold->price;
        o.stock = sold->stock;
        o.refusal = refusal_of(wanted, o);
        o.too_expensive = !o.refusal.empty() && is_above(wanted, o) && !(o.stock && *o.stock <= 0);
        co_return o;
    }
    const bool unknown_service = sold.error().code == errc::not_found;
    if (unknown_service || wanted.max_price) {
        o.refusal = "no offer: " + sold.error().message;
        o.refusal_may_pass = !unknown_service;
    }
    o.read_error = sold.error();
    co_return o;
}

task<std::vector<offer>> read_offers(run_context& c, const settings& s, std::size_t first)
{
    std::vector<offer> all;
    const std::size_t n = s.candidates.size();
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t index = s.by_price ? i : (first + i) % n;
        auto o = co_await read_offer(c, s, index);
        all.push_back(std::move(o));
    }
    if (s.by_price)
        std::ranges::sort(all, cheaper);
    co_return all;
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

} // namespace ulak::kinds::otp
