#include "sim/protocols/smmonayim_panel/orders.hpp"

#include "core/text.hpp"
#include "sim/detail/panel_progress.hpp"
#include "sim/protocols/smmonayim_panel/order_request.hpp"
#include "sim/protocols/smmonayim_panel/replies.hpp"

#include <algorithm>

namespace ulak::sim::smmonayim_panel {
namespace {

constexpr std::size_t max_orders = 100; // of a multi-status, as panels of the family have it

json::value describe_effect(const panel_order& o, const order_request& w)
{
    return json::object({{"kind", json::text("order")},
                         {"id", json::text(std::to_string(o.id))},
                         {"amount", json::text(o.charge.text(2))},
                         {"unit", json::text("USD")},
                         {"service", json::text(std::to_string(o.service))},
                         {"link", json::text(o.link)},
                         {"quantity", json::number(w.quantity)},
                         {"runs", json::number(w.runs)},
                         {"interval", w.interval ? json::number(static_cast<std::int64_t>(*w.interval)) : json::null}});
}

void choose_outcome(call& c, panel_order& o)
{
    if (c.fault("order-stuck"))
        o.outcome = panel_outcome::stuck;
    if (c.fault("order-canceled"))
        o.outcome = panel_outcome::canceled;
    if (auto left = c.fault_number("order-partial", o.quantity / 4)) {
        o.outcome = panel_outcome::partial;
        o.left_at_end = std::clamp<std::int64_t>(*left, 0, o.quantity);
    }
    o.refund_missing = c.fault("refund-missing").has_value();
}

/// What the order costs: by the list, unless a fault says otherwise.
decimal listed_charge(call& c, const order_request& w)
{
    if (auto price = c.fault("price"))
        if (auto amount = decimal::parse(*price))
            return *amount;
    return w.service->rate.times(w.quantity * w.runs, 1'000);
}

json::value status_of(call& c, const panel_order& o)
{
    auto word = c.fault("status-word").value_or(std::string(o.status(c.now())));
    return json::object({{"charge", json::text(o.charge.text())},
                         {"start_count", json::numeral(o.start_count, true)},
                         {"status", json::text(word)},
                         {"remains", json::numeral(o.remains(c.now()), true)},
                         {"currency", json::text("USD")}});
}

json::value no_such_order()
{
    return json::object({{"error", json::text("Incorrect order ID")}});
}

panel_order* find_order(call& c, std::string_view text)
{
    auto id = parse_id(text);
    if (!id)
        c.add_mistake("an order id is no whole number");
    return id ? c.account.panel->orders.find(*id) : nullptr;
}

http::reply many_statuses(call& c, std::string_view list)
{
    auto ids = split(list, ',');
    if (ids.size() > max_orders) {
        c.add_mistake(std::to_string(ids.size()) + " orders in one status call; panels take 100");
        return refuse("error.too_many_orders");
    }
    std::vector<json::member> members; // keys are views into the form
    for (auto id : ids) {
        if (c.fault("order-missing"))
            continue;
        auto* o = find_order(c, id);
        members.emplace_back(id, o ? status_of(c, *o) : no_such_order());
    }
    c.accept();
    return json_reply(json::object(members));
}

} // namespace

http::reply add(call& c)
{
    c.form.allow_only(c, {"key", "action", "service", "link", "quantity", "runs", "interval", "comments"});
    order_request w;
    if (auto problem = validate_order(c, w); !problem.empty())
        return refuse(problem);
    panel_order o;
    o.service = w.service->id;
    o.link = c.form.get("link");
    o.quantity = w.quantity * w.runs;
    o.charge = listed_charge(c, w);
    if (c.fault("active-link"))
        return refuse("You have active order with this link. Please wait until order being completed.");
    if (c.fault("no-balance") || !c.account.money.covers(o.charge))
        return refuse("Not enough funds on balance");
    if (c.fault("charged-twice"))
        o.charge = o.charge.times(2);
    choose_outcome(c, o);
    o.start_count = static_cast<std::int64_t>(c.world.randomness.pick(10'000));
    const auto& made = place_order(c.world, c.account, std::move(o));
    c.accept(describe_effect(made, w));
    return json_reply(
        json::object({{"order", json::numeral(static_cast<std::int64_t>(made.id), c.fault("ids-text").has_value())}}));
}

http::reply status(call& c)
{
    c.form.allow_only(c, {"key", "action", "order", "orders"});
    if (auto list = c.form.find("orders"))
        return many_statuses(c, *list);
    auto id = c.form.find("order");
    if (!id)
        c.add_mistake("status was called without order or orders");
    auto* o = id ? find_order(c, *id) : nullptr;
    if (!o || c.fault("order-missing"))
        return json_reply(no_such_order());
    c.accept();
    return json_reply(status_of(c, *o));
}

} // namespace ulak::sim::smmonayim_panel
