#include "kinds/smm_order/checked_order.hpp"

#include "core/text.hpp"
#include "kinds/loading.hpp"
#include "kinds/smm_order/order_cost.hpp"
#include "kinds/smm_order/order_type.hpp"

#include <algorithm>

namespace ulak::kinds::smm {
namespace {

using providers::panel_order;
using providers::service;

error validation_error(std::string what)
{
    return error(errc::validation, std::move(what));
}

result<void> check_expectations(const settings& s, const service& found)
{
    if (!s.expect_name.empty() && found.name != s.expect_name)
        return validation_error("service " + found.id + " is \"" + printable(found.name, 80) + "\" now, not \"" +
                                s.expect_name + "\"");
    if (!found.unreadable.empty())
        return validation_error("what the panel's list says of service " + found.id +
                                " cannot be read: " + found.unreadable);
    if (!found.price || found.price->amount.negative())
        return validation_error("the panel names no sound rate for service " + found.id);
    if (!s.expect_rate)
        return {};
    if (s.expect_rate->unit != found.price->unit)
        return validation_error("the rate is " + found.price->text() + " per 1000, which cannot be compared with " +
                                s.expect_rate->text() + ": the panel is paid in " + found.price->unit);
    if (found.price->amount > s.expect_rate->amount)
        return validation_error("the rate is " + found.price->text() + " per 1000 now, at most " +
                                s.expect_rate->text() + " is expected");
    return {};
}

result<void> check_fields(const order_type* type, const service& found, const panel_order& order)
{
    const std::string of_type = "service " + found.id + " is of type \"" + printable(found.type, 40) + "\"";
    if (!type)
        return order.extra.empty() ? result<void>(validation_error(of_type + ", which needs fields under extra"))
                                   : result<void>();
    std::string missing;
    for (const auto field : type->needs)
        if (const auto given = order.extra.find(std::string(field));
            given == order.extra.end() || given->second.empty())
            append_joined(missing, ", ", field);
    if (!missing.empty())
        return validation_error(of_type + ", which needs " + missing + " (keys of the job, or fields under extra)");
    if (type->takes_link && order.link.empty())
        return validation_error(of_type + ", which needs a link");
    if (type->takes_quantity && order.quantity == 0)
        return validation_error(of_type + ", which needs a quantity");
    return {};
}

/// Of all runs of a drip together: what the panel delivers in the end.
result<void> check_limits(const service& found, std::int64_t total)
{
    const bool below = found.min_quantity && total < *found.min_quantity;
    const bool above = found.max_quantity && total > *found.max_quantity;
    if (total == 0 || (!below && !above))
        return {};
    return validation_error("the panel takes " + std::to_string(found.min_quantity.value_or(1)) + " to " +
                            (found.max_quantity ? std::to_string(*found.max_quantity) : std::string("any number")) +
                            " of this service, not " + std::to_string(total));
}

result<void> check_max_cost(const settings& s, const money& cost)
{
    if (!s.max_cost)
        return {};
    if (s.max_cost->unit != cost.unit)
        return validation_error("max_cost is in " + s.max_cost->unit + ", but the panel is paid in " + cost.unit);
    if (cost.amount > s.max_cost->amount)
        return error(errc::too_expensive,
                     "the order would cost " + cost.text() + ", above max_cost of " + s.max_cost->text());
    return {};
}

} // namespace

std::string subject_of(const panel_order& order)
{
    if (!order.link.empty())
        return order.link;
    const auto user = order.extra.find("username");
    return user == order.extra.end() ? std::string() : user->second;
}

result<panel_order> render_order(const settings& s, const std::map<std::string, std::string>& params)
{
    panel_order order;
    order.extra = s.extra;
    for (const auto& [field, value] : s.fields) {
        auto text = render(value, params);
        if (!text)
            return validation_error(text.error().message);
        order.extra[field] = std::move(*text);
    }
    auto service = render(s.service, params);
    auto link = render(s.link, params);
    auto quantity = render(s.quantity, params);
    for (const auto* part : {&service, &link, &quantity})
        if (!*part)
            return validation_error(part->error().message);
    order.service = std::string(trim(*service));
    order.link = std::string(trim(*link));
    if (!s.quantity.source().empty()) {
        const auto many = parse_quantity(*quantity);
        if (!many)
            return many.error();
        if (const auto total = total_quantity(*many, s.drip_runs); !total)
            return total.error();
        order.quantity = *many;
    }
    if (order.service.empty() || subject_of(order).empty())
        return validation_error("service and link must not be empty");
    order.runs = s.drip_runs;
    order.interval_minutes = s.drip_minutes;
    return order;
}

result<checked_order> check_order(const settings& s, panel_order order, const std::vector<service>& offered)
{
    const auto found = std::ranges::find(offered, order.service, &service::id);
    if (found == offered.end())
        return validation_error("the panel has no service " + printable(order.service, 40));
    if (auto expected = check_expectations(s, *found); !expected)
        return expected.error();
    const order_type* type = find_order_type(found->type);
    if (auto complete = check_fields(type, *found, order); !complete)
        return complete.error();
    const auto cost = cost_of(type, *found, order, s.max_cost);
    if (!cost)
        return cost.error();
    if (auto within = check_limits(*found, cost->counted); !within)
        return within.error();
    if (auto within = check_max_cost(s, cost->most); !within)
        return within.error();
    checked_order c;
    c.name = found->name;
    c.rate = *found->price;
    c.total_quantity = cost->counted;
    c.cost = cost->most;
    if (type && !type->lines_of.empty())
        order.quantity = 0; // the lines carry it
    c.order = std::move(order);
    return c;
}

} // namespace ulak::kinds::smm
