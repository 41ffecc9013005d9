#include "kinds/otp_acquire/reconciler.hpp"

#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "kinds/otp_acquire/order_fit.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

#include <string>
#include <utility>

namespace ulak::kinds::otp {
namespace {

using ledger::effect_state;

/// The last searches in a row, over a minute and a half, must not show the order before its absence proves anything.
constexpr int required_absences = 3;

ending unresolved()
{
    return ending(
        ledger::run_state::attention,
        error(errc::ambiguous, "it is not known whether a number was bought, see attention", reach::maybe_sent));
}

/// An operator said that it was bought, but its id is unknown: there is nothing to ask the provider about.
ending resolved_without_id()
{
    return ending(ledger::run_state::attention,
                  error(errc::ambiguous, "a number was bought, but its id is not known", reach::answered));
}

} // namespace

task<std::optional<ending>> reconciler::resume()
{
    ledger::effect_query q;
    q.run = context_.run().id.text();
    auto effects = co_await context_.store().effects(std::move(q));
    ULAK_FAILPOINT("otp/look-back");
    if (!effects)
        co_return ending(ledger::run_state::failed, effects.error());
    // Purchases are made one after the other, so only the latest can be open.
    const std::string latest = "number/" + std::to_string(progress_.purchases);
    for (const ledger::effect_record& e : *effects) {
        if (is_open(e.state))
            co_return co_await reconcile(e.id, context_.account(e.account));
        if (e.step != latest || e.state != effect_state::accepted || progress_.adopted_purchase >= progress_.purchases)
            continue;
        if (e.provider_ref.starts_with(operator_ref_prefix))
            co_return resolved_without_id();
        adopt(e);
        auto saved = co_await context_.save_progress(to_json(progress_), ledger::batch());
        if (!saved)
            co_return ending::stopped();
    }
    co_return std::nullopt;
}

/// Holds an order whose id became known otherwise than by its answer.
void reconciler::adopt(const ledger::effect_record& e)
{
    held_number n;
    n.effect = e.id;
    n.account = e.account;
    n.number_id = e.provider_ref;
    n.candidate = progress_.candidate;
    n.price = e.charged.value_or(e.expected);
    if (progress_.balance_before)
        n.balance_before = progress_.balance_before->amount;
    n.times.ordered_at = sent_at(e);
    n.times.boot = progress_.booked;
    n.age = number_age::since(n.times, context_.clock());
    hold_number(progress_, std::move(n), candidates_);
}

task<std::optional<ending>> reconciler::reconcile(effect_id id, std::shared_ptr<providers::account> account)
{
    if (!account || !account->numbers)
        co_return unresolved();
    account_ = account;
    const auto outcome = co_await kinds::reconcile(context_, std::move(account), id, *this);
    switch (outcome) {
    case reconcile_outcome::not_executed: co_return std::nullopt;
    case reconcile_outcome::stopped: co_return ending::stopped();
    case reconcile_outcome::settled_by_source:
        if (progress_.held && progress_.held->effect == id)
            co_return std::nullopt;
        break; // an operator was first
    case reconcile_outcome::unresolved: break;
    }
    co_return unresolved();
}

task<gathered_evidence> reconciler::gather(const ledger::effect_record& lost)
{
    list_evidence listed;
    const bool done = co_await search_list(lost, listed);
    if (!done && !context_.stopping())
        co_return co_await weigh_balance(lost, listed);
    gathered_evidence evidence{balance_evidence(charge_finding::interrupted)};
    evidence.done = done;
    co_return evidence;
}

/// True: the order is held now, or an operator was first. `listed` becomes what the searches prove.
task<bool> reconciler::search_list(const ledger::effect_record& lost, list_evidence& listed)
{
    if (!account_->numbers->lists_orders())
        co_return false;
    int absences = 0; // in a row
    const async::steady_point start = context_.clock().now();
    for (const auto after : evidence_schedule) {
        co_await sleep_until(context_, start + after);
        if (context_.stopping())
            co_return false;
        listed = co_await search_.search(*account_, wanted(lost));
        absences = listed.absent ? absences + 1 : 0;
        ULAK_FAILPOINT("otp/looked-for");
        auto now = co_await find_effect(context_, lost.id);
        if (!now || now->state != effect_state::ambiguous) // an operator was first
            co_return true;
        if (listed.found) {
            const bool held = co_await adopt_found(lost, *listed.found);
            if (held || context_.stopping())
                co_return held;
        }
        if (context_.cancel_requested())
            break;
    }
    listed.absent = absences >= required_absences;
    co_return false;
}

/// The order that the latest purchase asked for.
lost_order reconciler::wanted(const ledger::effect_record& lost) const
{
    lost_order o;
    o.effect = lost;
    o.service = progress_.service;
    o.operator_name = progress_.operator_name;
    o.price_unknown = progress_.price_unknown;
    o.listed_before = progress_.listed_before;
    return o;
}

/// False: another run took it, an operator was first, or the daemon stops.
task<bool> reconciler::adopt_found(const ledger::effect_record& lost, const providers::number_order& found)
{
    const progress before = progress_;
    ledger::effect_record known = lost;
    known.provider_ref = found.id;
    known.charged = found.price ? found.price : std::optional<money>(lost.expected);
    adopt(known);
    progress_.held->number = found.number;
    ledger::move_effect move(lost.id, effect_state::accepted);
    move.provider_ref = found.id;
    move.charged = known.charged;
    move.evidence = "found in the provider's list of orders";
    auto changes = co_await reconciled_changes(context_, lost, std::move(move), "done");
    ledger::update_run update(context_.run().id);
    update.progress = boost::json::serialize(to_json(progress_));
    update.result = boost::json::serialize(result_json(*progress_.held, std::nullopt, false));
    auto saved = co_await context_.save_with_retry(std::move(update), std::move(changes));
    ULAK_FAILPOINT("otp/taken-over");
    if (!saved)
        progress_ = before;
    co_return saved.has_value();
}

/// After the list has not shown the order. Where there is a list, it shows every order of the account, while the
/// balance moves for many reasons: absence counts unless the balance contradicts it. Elsewhere the balance decides.
task<gathered_evidence> reconciler::weigh_balance(const ledger::effect_record& lost, const list_evidence& listed)
{
    const bool lists = account_->numbers->lists_orders();
    const balance_reads reads = lists ? balance_reads::one : balance_reads::all;
    auto balance = co_await gather_balance_evidence(context_, *account_, progress_.balance_before, lost, reads);
    const bool proven = lists ? listed.absent && balance.finding != charge_finding::charged
                              : balance.finding == charge_finding::not_charged;
    balance.text = joined(listed.evidence, "; ", balance.text);
    gathered_evidence evidence(std::move(balance));
    evidence.not_executed = proven && !context_.cancel_requested(); // a cancellation cuts the evidence short
    co_return evidence;
}

task<result<void>> reconciler::save(ledger::batch changes, bool)
{
    return context_.save_progress(to_json(progress_), std::move(changes));
}

} // namespace ulak::kinds::otp
