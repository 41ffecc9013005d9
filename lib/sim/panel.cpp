#include "sim/panel.hpp"

#include "core/text.hpp"
#include "sim/strict.hpp"

#include <algorithm>
#include <array>

namespace ulak::sim::panel {
namespace {

constexpr std::size_t max_orders = 100; // of a multi-status, as panels of the family have it

http::reply refuse(std::string_view why)
{
    return json_reply(json::object({{"error", json::text(why)}}));
}

panel_service* find_service(call& c, std::string_view text)
{
    auto id = parse_id(text);
    auto& all = c.world.panel_services;
    auto at = std::find_if(all.begin(), all.end(),
                           [&](const panel_service& s) { return id && s.id == static_cast<std::int64_t>(*id); });
    return at == all.end() ? nullptr : &*at;
}

http::reply services(call& c, const strict::fields& form)
{
    form.allow_only(c, {"key", "action"});
    std::vector<json::value> out;
    bool text_ids = c.fault("ids-text").has_value();
    for (const auto& s : c.world.panel_services)
        out.push_back(json::object({{"service", json::numeral(s.id, text_ids)},
                                    {"name", json::text(s.name)},
                                    {"type", json::text(s.type)},
                                    {"category", json::text(s.category)},
                                    {"rate", json::text(s.rate.text(2))},
                                    {"min", json::numeral(s.min, true)},
                                    {"max", json::numeral(s.max, true)}}));
    c.accept();
    return json_reply(json::array(out));
}

/// What `add` was asked for, as far as it makes sense.
struct order_request {
    const panel_service* service = nullptr;
    std::int64_t quantity = 0;
    std::int64_t runs = 1;
    std::optional<std::uint64_t> interval{};
};

/// The panel's own words for what is wrong; empty if nothing is.
std::string_view validate_order(call& c, const strict::fields& form, order_request& w)
{
    w.service = find_service(c, form.get("service"));
    if (!w.service)
        return "error.incorrect_service_id";
    if (form.get("link").empty())
        return "neworder.error.link";
    if (w.service->type != "Default" && form.get("comments").empty())
        return "neworder.error.comments";
    auto quantity = parse_id(form.get("quantity"));
    if (!quantity)
        c.add_mistake("quantity is no whole number");
    w.quantity = quantity ? static_cast<std::int64_t>(*quantity) : 0;
    if (w.quantity < w.service->min)
        return "neworder.error.min_quantity";
    if (w.quantity > w.service->max)
        return "neworder.error.max_quantity";
    auto runs = form.find("runs");
    w.interval = parse_id(form.get("interval"));
    if (runs.has_value() != form.find("interval").has_value())
        c.add_mistake("of runs and interval one stands without the other");
    if (!runs)
        return {};
    auto count = parse_id(*runs);
    if (!count || *count == 0 || !w.interval)
        return "neworder.error.runs";
    w.runs = static_cast<std::int64_t>(*count);
    return {};
}

json::value effect_of(const panel_order& o, const order_request& w)
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

http::reply add(call& c, const strict::fields& form)
{
    form.allow_only(c, {"key", "action", "service", "link", "quantity", "runs", "interval", "comments"});
    order_request w;
    if (auto problem = validate_order(c, form, w); !problem.empty())
        return refuse(problem);
    panel_order o;
    o.service = w.service->id;
    o.link = form.get("link");
    o.quantity = w.quantity * w.runs;
    o.charge = w.service->rate.times(o.quantity, 1'000);
    if (auto price = c.fault("price"))
        if (auto amount = decimal::parse(*price))
            o.charge = *amount;
    if (c.fault("active-link"))
        return refuse("You have active order with this link. Please wait until order being completed.");
    if (c.fault("no-balance") || !c.account_wallet().covers(o.charge))
        return refuse("Not enough funds on balance");
    if (c.fault("charged-twice"))
        o.charge = o.charge.times(2);
    choose_outcome(c, o);
    o.start_count = static_cast<std::int64_t>(c.world.randomness.pick(10'000));
    const auto& made = c.world.place_order(std::move(o));
    c.accept(effect_of(made, w));
    return json_reply(
        json::object({{"order", json::numeral(static_cast<std::int64_t>(made.id), c.fault("ids-text").has_value())}}));
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
    return id ? c.world.panel_orders.find(*id) : nullptr;
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

http::reply status(call& c, const strict::fields& form)
{
    form.allow_only(c, {"key", "action", "order", "orders"});
    if (auto list = form.find("orders"))
        return many_statuses(c, *list);
    auto id = form.find("order");
    if (!id)
        c.add_mistake("status was called without order or orders");
    auto* o = id ? find_order(c, *id) : nullptr;
    if (!o || c.fault("order-missing"))
        return json_reply(no_such_order());
    c.accept();
    return json_reply(status_of(c, *o));
}

http::reply balance(call& c, const strict::fields& form)
{
    form.allow_only(c, {"key", "action"});
    c.accept();
    return json_reply(json::object({{"balance", json::text(c.account_wallet().balance().text())}, {"currency", json::text("USD")}}));
}

struct operation {
    std::string_view name;
    http::reply (*handle)(call&, const strict::fields&);
};

constexpr std::array<operation, 4> operation_table{{{"services", services}, {"add", add}, {"status", status}, {"balance", balance}}};

const operation* find(std::string_view action)
{
    for (const auto& r : operation_table)
        if (r.name == action)
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
    if (c.request.verb == "POST" && c.path.empty())
        c.form = strict::read_form(c);
    const auto* r = find(c.form.get("action"));
    return r ? std::string(r->name) : "unknown";
}

std::string safe_path(const call& c)
{
    return c.request.path;
}

http::reply serve(call& c)
{
    strict::check_target(c);
    strict::check_no_query(c);
    if (!c.path.empty()) {
        c.add_mistake("the document has no such address");
        return http::reply(404, "<html><body>404</body></html>", "text/html; charset=UTF-8");
    }
    if (c.request.verb != "POST") {
        c.add_mistake(c.request.verb + " was used where the document says POST");
        return refuse("Incorrect request");
    }
    bool known = c.form.get("key") == c.world.settings().access.smm_key;
    if (!known)
        c.add_mistake("the key is wrong or missing");
    if (!known || c.fault("auth"))
        return refuse("Invalid API key");
    const auto* r = find(c.form.get("action"));
    if (r)
        return r->handle(c, c.form);
    c.add_mistake("the document has no action \"" + printable(c.form.get("action"), 40) + '"');
    return refuse("Incorrect request");
}

} // namespace ulak::sim::panel
