#include "sim/protocols/smmonayim_panel/order_request.hpp"

#include <algorithm>

namespace ulak::sim::smmonayim_panel {
namespace {

const panel_service* find_service(call& c, std::string_view text)
{
    auto id = parse_id(text);
    auto& all = c.account.panel->services;
    auto at = std::find_if(all.begin(), all.end(),
                           [&](const panel_service& s) { return id && s.id == static_cast<std::int64_t>(*id); });
    return at == all.end() ? nullptr : &*at;
}

constexpr std::uint64_t most_runs = 10'000; // with any service's greatest quantity the product still fits

} // namespace

std::string_view validate_order(call& c, order_request& w)
{
    w.service = find_service(c, c.form.get("service"));
    if (!w.service)
        return "error.incorrect_service_id";
    if (c.form.get("link").empty())
        return "neworder.error.link";
    if (w.service->type != "Default" && c.form.get("comments").empty())
        return "neworder.error.comments";
    auto quantity = parse_id(c.form.get("quantity"));
    if (!quantity)
        c.add_mistake("quantity is no whole number");
    w.quantity = quantity ? static_cast<std::int64_t>(*quantity) : 0;
    if (w.quantity < w.service->min)
        return "neworder.error.min_quantity";
    if (w.quantity > w.service->max)
        return "neworder.error.max_quantity";
    auto runs = c.form.find("runs");
    w.interval = parse_id(c.form.get("interval"));
    if (runs.has_value() != c.form.find("interval").has_value())
        c.add_mistake("of runs and interval one stands without the other");
    if (!runs)
        return {};
    auto count = parse_id(*runs);
    if (!count || *count == 0 || *count > most_runs || !w.interval)
        return "neworder.error.runs";
    w.runs = static_cast<std::int64_t>(*count);
    return {};
}

} // namespace ulak::sim::smmonayim_panel
