#include "kinds/smm_order/checked_order.hpp"

#include "core/text.hpp"
#include "kinds/loading.hpp"

#include <algorithm>

namespace ulak::kinds::smm {
namespace {

/// Types that need nothing beyond link and quantity.
bool plain_type(const std::string& type)
{
    const std::string t = lower_ascii(type);
    return t.empty() || t == "default" || t == "package";
}

error validation_error(std::string what)
{
    return error(errc::validation, std::move(what));
}

} // namespace

result<providers::panel_order> render_order(const settings& s, const std::map<std::string, std::string>& params)
{
    providers::panel_order order;
    auto service = render(s.service, params);
    auto link = render(s.link, params);
    auto quantity = render(s.quantity, params);
    for (const auto* part : {&service, &link, &quantity})
        if (!*part)
            return validation_error(part->error().message);
    order.service = std::string(trim(*service));
    order.link = std::string(trim(*link));
    const auto many = parse_quantity(*quantity);
    if (!many)
        return many.error();
    if (const auto total = total_quantity(*many, s.drip_runs); !total)
        return total.error();
    order.quantity = *many;
    if (order.link.empty() || order.service.empty())
        return validation_error("service and link must not be empty");
    order.runs = s.drip_runs;
    order.interval_minutes = s.drip_minutes;
    order.extra = s.extra;
    return order;
}

result<checked_order> check_order(const settings& s, providers::panel_order order,
                                  const std::vector<providers::service>& offered)
{
    const auto found =
        std::find_if(offered.begin(), offered.end(), [&](const auto& o) { return o.id == order.service; });
    if (found == offered.end())
        return validation_error("the panel has no service " + printable(order.service, 40));
    if (!s.expect_name.empty() && found->name != s.expect_name)
        return validation_error("service " + order.service + " is \"" + printable(found->name, 80) + "\" now, not \"" +
                                s.expect_name + "\"");
    if (!found->price || found->price->amount.negative())
        return validation_error("the panel names no sound rate for service " + order.service);
    if (s.expect_rate && found->price->amount > *s.expect_rate)
        return validation_error("the rate is " + found->price->text() + " per 1000 now, at most " +
                                s.expect_rate->text(2) + " is expected");
    if ((found->min_quantity && order.quantity < *found->min_quantity) ||
        (found->max_quantity && order.quantity > *found->max_quantity))
        return validation_error(
            "the panel takes " + std::to_string(found->min_quantity.value_or(1)) + " to " +
            (found->max_quantity ? std::to_string(*found->max_quantity) : std::string("any number")) +
            " of this service, not " + std::to_string(order.quantity));
    if (!plain_type(found->type) && s.extra.empty())
        return validation_error("service " + order.service + " is of type \"" + printable(found->type, 40) +
                                "\", which needs fields under extra");
    checked_order c;
    c.name = found->name;
    c.rate = *found->price;
    const auto total = total_quantity(order.quantity, order.runs);
    if (!total)
        return total.error();
    c.total_quantity = *total;
    c.cost = money(found->price->amount.times(c.total_quantity, 1000), found->price->unit);
    if (c.cost.amount.overflowed())
        return error(errc::budget, "the order would cost more than any budget: " + std::to_string(c.total_quantity) +
                                       " at " + found->price->text() + " per 1000");
    c.order = std::move(order);
    return c;
}

} // namespace ulak::kinds::smm
