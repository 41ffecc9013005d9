// What a number cost that was bought without a price: until it is known the whole budget is booked for it.
#include "kinds/purchase/reconcile.hpp"
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::otp {

namespace json = boost::json;

/// By how much the balance fell, where that can be the number's price only: nobody else spends from the account, and
/// nothing else of ours was booked or can have come back. Asked after the balance was read, so that what began
/// meanwhile is seen.
task<std::optional<money>> otp_run::price_from_balance(const providers::account& who)
{
    const balance_snapshot before = *progress_.balance_before;
    auto reading = who.balances->balance(context_.clock().now() + who.read_timeout);
    auto now = co_await std::move(reading);
    co_await reset_cancellation();
    if (!now || now->unit != before.amount.unit)
        co_return std::nullopt;
    const money fell(before.amount.amount - now->amount, now->unit);
    if (fell.amount.negative() || fell.amount.zero())
        co_return std::nullopt;
    auto asking = no_other_charges_since(context_, who.name, progress_.held->effect, before.at);
    const bool quiet = co_await std::move(asking);
    auto coming = refunds_possible_since(context_, who, progress_.held->effect, before.at);
    const bool back = co_await std::move(coming);
    if (!quiet || back)
        co_return std::nullopt;
    co_return fell;
}

/// A price that stays unknown leaves the worst case booked.
task<> otp_run::learn_price(const providers::account& who)
{
    if (!progress_.price_unknown || !progress_.held->price.unit.empty() || !progress_.balance_before || who.shared || !who.balances)
        co_return;
    auto comparing = price_from_balance(who);
    const auto paid = co_await std::move(comparing);
    if (!paid)
        co_return;
    progress_.held->price = *paid;
    ledger::move_effect book(progress_.held->effect, ledger::effect_state::accepted);
    book.charged = *paid;
    book.evidence = "the price was not known; the balance fell by " + paid->text();
    book.at = context_.clock().wall_now();
    ledger::batch also;
    also.push_back(std::move(book));
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    state.result = json::serialize(result_json(*progress_.held, std::nullopt, false));
    auto keeping = context_.save_with_retry(std::move(state), std::move(also));
    auto kept = co_await std::move(keeping);
    if (!kept)
        progress_.held->price = money();
}

} // namespace ulak::kinds::otp
