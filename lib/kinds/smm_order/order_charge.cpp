#include "kinds/smm_order/order_charge.hpp"

#include <algorithm>

namespace ulak::kinds::smm {
namespace {

/// Paid for, but not delivered. nullopt: nobody can tell.
std::optional<decimal> not_delivered(const progress& p, const providers::panel_status& seen)
{
    // Of a drip it may be what remains of the run that goes on.
    if (p.drip || !seen.remains || p.quantity <= 0)
        return std::nullopt;
    return p.cost->amount.times(std::clamp<std::int64_t>(*seen.remains, 0, p.quantity), p.quantity);
}

/// Of a canceled order, whose charge many panels leave as it was.
decimal canceled_refund(const progress& p, const providers::panel_status& seen, std::optional<decimal> charge)
{
    if (charge && *charge < p.cost->amount)
        return p.cost->amount - *charge;
    const auto rest = not_delivered(p, seen);
    if (rest && !rest->zero())
        return *rest;
    return p.drip ? decimal() : p.cost->amount;
}

} // namespace

std::optional<decimal> charge_of(const progress& p, const providers::panel_status& seen)
{
    if (!p.cost || !seen.charge || seen.charge->negative() || is_in_other_unit(p, seen))
        return std::nullopt;
    return seen.charge;
}

bool is_in_other_unit(const progress& p, const providers::panel_status& seen)
{
    return p.cost && seen.charge && !seen.currency.empty() && !p.cost->unit.empty() && seen.currency != p.cost->unit;
}

std::optional<money> excess_charge(const progress& p, const providers::panel_status& seen)
{
    const auto charge = charge_of(p, seen);
    if (!charge || *charge <= p.cost->amount)
        return std::nullopt;
    return money(*charge, p.cost->unit);
}

std::optional<decimal> refund_of(const progress& p, outcome end, const providers::panel_status& seen)
{
    if (!p.cost || end == outcome::open || end == outcome::gave_up)
        return std::nullopt;
    const auto charge = charge_of(p, seen);
    decimal back;
    if (end == outcome::canceled)
        back = canceled_refund(p, seen, charge);
    else if (charge)
        back = p.cost->amount - *charge;
    else if (end == outcome::partial)
        back = not_delivered(p, seen).value_or(decimal());
    if (back.negative() || back.zero())
        return std::nullopt;
    return std::min(back, p.cost->amount);
}

} // namespace ulak::kinds::smm
