#include "kinds/smm_order/order_cost.hpp"

#include "core/text.hpp"
#include "kinds/smm_order/settings.hpp"

#include <algorithm>

namespace ulak::kinds::smm {
namespace {

using providers::panel_order;
using providers::service;

constexpr std::int64_t rate_counts = 1000; ///< panels name their price for so many

/// Lines that are not blank.
std::int64_t count_lines(const panel_order& order, std::string_view field)
{
    const auto lines = split(order.extra.at(std::string(field)), '\n');
    return std::ranges::count_if(lines, [](std::string_view line) { return !trim(line).empty(); });
}

result<money> product(const money& rate, std::int64_t numerator, std::int64_t denominator, std::int64_t counted)
{
    money cost(rate.amount.times(numerator, denominator), rate.unit);
    if (cost.amount.overflowed())
        return error(errc::budget, "the order would cost more than any budget: " + std::to_string(counted) + " at " +
                                       rate.text() + (denominator == 1 ? " each" : " per 1000"));
    return cost;
}

result<order_cost> open_cost(const service& offered, const std::optional<money>& max_cost)
{
    if (!max_cost)
        return error(errc::validation, "service " + offered.id + " is of type \"" + printable(offered.type, 40) +
                                           "\", of which nobody can tell beforehand what it costs: max_cost says what "
                                           "it may cost at most");
    if (max_cost->unit != offered.price->unit)
        return error(errc::validation,
                     "max_cost is in " + max_cost->unit + ", but the panel is paid in " + offered.price->unit);
    return order_cost{*max_cost, 0};
}

} // namespace

result<order_cost> cost_of(const order_type* type, const service& offered, const panel_order& order,
                           const std::optional<money>& max_cost)
{
    if (!type || type->paid == payment::open)
        return open_cost(offered, max_cost);
    const std::int64_t runs = order.runs.value_or(1);
    const bool by_lines = type->paid == payment::per_thousand_lines;
    const std::int64_t lines = by_lines ? count_lines(order, type->lines_of) : 0;
    if (by_lines && lines == 0)
        return error(errc::validation, std::string(type->lines_of) + " has no line that is not blank");
    const auto counted = total_quantity(by_lines ? lines : order.quantity, order.runs);
    if (!counted)
        return counted.error();
    const bool once = type->paid == payment::once;
    auto cost =
        once ? product(*offered.price, runs, 1, runs) : product(*offered.price, *counted, rate_counts, *counted);
    if (!cost)
        return cost.error();
    return order_cost{std::move(*cost), *counted};
}

} // namespace ulak::kinds::smm
