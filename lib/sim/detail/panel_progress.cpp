#include "sim/detail/panel_progress.hpp"

#include <algorithm>

namespace ulak::sim {
namespace {

/// The share of the price for what was not done; nothing where the order's plan keeps the refund back.
decimal unused_charge(const panel_order& o)
{
    if (o.refund_missing)
        return {};
    const auto left = o.outcome == panel_outcome::canceled ? o.quantity : o.left_at_end;
    return o.charge.times(left, std::max<std::int64_t>(1, o.quantity));
}

void refund_unused(world_state& world, simulated_account& account, std::uint64_t id)
{
    auto* done = account.panel->orders.find(id);
    const auto back = unused_charge(*done);
    done->charge = done->charge - back;
    account.money.post(world.now(), back, "refund of order " + std::to_string(id));
    world.log_event(account, "_refund", describe_refund_event(id, back, account.money.unit()));
}

} // namespace

panel_order& place_order(world_state& world, simulated_account& account, panel_order wanted)
{
    wanted.ordered_at = world.now();
    wanted.duration = world.settings().order_after;
    auto& o = account.panel->orders.add(std::move(wanted));
    account.money.post(world.now(), decimal() - o.charge, "order " + std::to_string(o.id));
    if (o.outcome == panel_outcome::partial || o.outcome == panel_outcome::canceled)
        world.schedule(o.ordered_at + o.duration, [&world, &account, id = o.id] { refund_unused(world, account, id); });
    return o;
}

} // namespace ulak::sim
