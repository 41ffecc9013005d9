#include "kinds/purchase/account_activity.hpp"

#include "kinds/purchase/effect_identity.hpp"

#include <algorithm>

namespace ulak::kinds {
namespace {

using ledger::effect_state;
using namespace std::chrono_literals;

/// A provider may book a call that nobody answered, or pay back, this much later.
constexpr std::chrono::minutes late_charge_window(5);
/// A number may be paid back this long after its purchase, and a panel's order.
constexpr std::chrono::hours number_refund_window(1);
constexpr std::chrono::hours panel_refund_window(24 * 30);

constexpr std::string_view number_operation = "number.order";
constexpr std::string_view panel_operation = "panel.add";

/// No provider documents that a message is paid back to an account whose balance is asked.
std::chrono::hours refund_window(const ledger::effect_record& e)
{
    if (e.operation == number_operation)
        return number_refund_window;
    return e.operation == panel_operation ? panel_refund_window : 0h;
}

/// Older purchases cannot bring money back to such an account any more.
std::chrono::hours longest_refund_window(const providers::account& account)
{
    if (account.panel)
        return panel_refund_window;
    return account.numbers ? number_refund_window : 0h;
}

bool may_charge_since(const ledger::effect_record& e, wall_point since)
{
    const wall_point settled = e.settled_at.value_or(e.intended_at);
    const bool may_be_booked_late = e.state == effect_state::ambiguous && settled + late_charge_window > since;
    return e.intended_at >= since || settled > since || e.state == effect_state::dispatched || may_be_booked_late;
}

/// Whether an accepted purchase of this run may still be paid back, or was not long ago.
bool may_refund(const result<ledger::run_record>& run, const ledger::effect_record& e, wall_point since)
{
    if (!run && run.error().code == errc::not_found) // it ended so long ago that it is deleted
        return false;
    if (!run || !run->finished_at || *run->finished_at + late_charge_window > since)
        return true;
    // The panel goes on with an order that no run follows any more.
    const bool abandoned = run->state == ledger::run_state::cancelled || run->state == ledger::run_state::attention;
    return e.operation == panel_operation && abandoned;
}

} // namespace

task<bool> no_other_charges_since(run_context& c, const providers::account& account, const effect_id& except,
                                  wall_point since)
{
    ledger::effect_query q = effects_of(account);
    q.since = since; // ambiguous ones are read however old they are
    auto effects = co_await c.store().effects(std::move(q));
    if (!effects)
        co_return false;
    co_return std::ranges::none_of(
        *effects, [&](const ledger::effect_record& e) { return e.id != except && may_charge_since(e, since); });
}

task<bool> refunds_possible_since(run_context& c, const providers::account& account, const effect_id& except,
                                  wall_point since)
{
    ledger::effect_query q = effects_of(account);
    q.since = since - longest_refund_window(account);
    q.states = {effect_state::accepted, effect_state::ambiguous, effect_state::orphaned};
    auto effects = co_await c.store().effects(std::move(q));
    if (!effects)
        co_return true;
    for (const ledger::effect_record& e : *effects) {
        const auto window = refund_window(e);
        if (e.id == except || window == 0h || e.intended_at + window < since)
            continue;
        if (e.state != effect_state::accepted)
            co_return true;
        auto run = co_await c.store().run(e.run);
        if (may_refund(run, e, since))
            co_return true;
    }
    co_return false;
}

} // namespace ulak::kinds
