#include "kinds/otp_acquire/number_price.hpp"

#include "kinds/otp_acquire/price_mismatch.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace ulak::kinds::otp {
namespace {

/// Nothing if the balance proves no price.
task<std::optional<money>> price_from_balance(run_context& c, const providers::account& account, effect_id effect,
                                              balance_snapshot before)
{
    auto now = co_await account.balances->balance(c.clock().now() + account.read_timeout);
    co_await reset_cancellation();
    if (!now || now->unit != before.amount.unit)
        co_return std::nullopt;
    const money drop(before.amount.amount - now->amount, now->unit);
    if (drop.amount.negative() || drop.amount.zero())
        co_return std::nullopt;
    // Asked after the balance was read, so that a purchase that began meanwhile is seen.
    const bool quiet = co_await no_other_charges_since(c, account, effect, before.at);
    const bool refunds = co_await refunds_possible_since(c, account, effect, before.at);
    if (!quiet || refunds)
        co_return std::nullopt;
    co_return drop;
}

/// The effect's true charge, for the commit that also changes the run's progress.
ledger::batch charge_changes(run_context& c, const effect_id& effect, const money& paid, bool price_known)
{
    ledger::move_effect move(effect, ledger::effect_state::accepted);
    move.charged = paid;
    move.evidence = std::string(price_known ? "the list named another price" : "the price was not known") +
                    "; the balance fell by " + paid.text();
    move.at = c.clock().wall_now();
    ledger::batch all;
    all.push_back(std::move(move));
    return all;
}

} // namespace

task<> learn_price(run_context& c, const settings& s, progress& p, const providers::account& account)
{
    const money reckoned = p.held->price;
    const bool known = !p.price_unknown || !reckoned.unit.empty();
    if (!p.balance_before || account.shared || !account.balances)
        co_return;
    const auto paid = co_await price_from_balance(c, account, p.held->effect, *p.balance_before);
    if (!paid || (known && (paid->unit != reckoned.unit || paid->amount <= reckoned.amount)))
        co_return;
    p.held->price = *paid;
    ledger::update_run state(c.run().id);
    state.progress = boost::json::serialize(to_json(p));
    state.result = boost::json::serialize(result_json(*p.held, std::nullopt, false));
    auto changes = charge_changes(c, p.held->effect, *paid, known);
    const auto told = mismatch_changes(c, *p.held, known ? std::optional(reckoned) : std::nullopt, s);
    changes.insert(changes.end(), told.begin(), told.end());
    auto saved = co_await c.save_with_retry(std::move(state), std::move(changes));
    if (!saved)
        p.held->price = reckoned;
}

} // namespace ulak::kinds::otp
