#include "kinds/otp_acquire/reconciler.hpp"

#include "core/failpoint.hpp"
#include "kinds/otp_acquire/order_fit.hpp"
#include "kinds/purchase/reconcile.hpp"
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

bool is_open(effect_state s)
{
    return s == effect_state::ambiguous || s == effect_state::orphaned || s == effect_state::dispatched;
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
    n.ordered_at = sent_at(e);
    n.age = number_age::since(n.ordered_at, context_.clock());
    hold_number(progress_, std::move(n), candidates_);
}

task<std::optional<ending>> reconciler::reconcile(effect_id id, std::shared_ptr<providers::account> account)
{
    auto lost = co_await find_effect(context_, id);
    if (!lost || lost->state != effect_state::ambiguous || !account || !account->numbers)
        co_return unresolved();
    auto over = co_await gather_evidence(*lost, *account);
    account->reconciled.insert(id.text()); // other runs may buy at this account again
    co_return over;
}

task<std::optional<ending>> reconciler::gather_evidence(const ledger::effect_record& lost,
                                                        const providers::account& account)
{
    list_evidence listed;
    int absences = 0; // in a row
    const async::steady_point start = context_.clock().now();
    for (const auto after : evidence_schedule) {
        if (!account.numbers->lists_orders())
            break;
        co_await sleep_until(context_, start + after);
        if (context_.stopping())
            co_return ending::stopped();
        listed = co_await search_.search(account, wanted(lost));
        absences = listed.absent ? absences + 1 : 0;
        ULAK_FAILPOINT("otp/looked-for");
        auto now = co_await find_effect(context_, lost.id);
        if (!now || now->state != effect_state::ambiguous) // an operator was first
            co_return unresolved();
        if (listed.found) {
            auto over = co_await adopt_found(lost, *listed.found);
            if (progress_.held || context_.stopping())
                co_return over;
        }
        if (context_.cancel_requested())
            break;
    }
    listed.absent = absences >= required_absences;
    co_return co_await weigh_balance(lost, account, listed);
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

task<std::optional<ending>> reconciler::adopt_found(const ledger::effect_record& lost,
                                                    const providers::number_order& found)
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
    if (saved)
        co_return std::nullopt;
    progress_ = before;
    if (context_.stopping())
        co_return ending::stopped();
    co_return unresolved(); // another run took it, or an operator was first
}

/// After the list has not shown the order. Where there is a list, it shows every order of the account, while the
/// balance moves for many reasons: absence counts unless the balance contradicts it. Elsewhere the balance decides.
task<std::optional<ending>> reconciler::weigh_balance(const ledger::effect_record& lost,
                                                      const providers::account& account, const list_evidence& listed)
{
    const bool lists = account.numbers->lists_orders();
    const balance_reads reads = lists ? balance_reads::one : balance_reads::all;
    auto evidence = co_await gather_balance_evidence(context_, account, progress_.balance_before, lost, reads);
    if (context_.stopping())
        co_return ending::stopped();
    const bool proven = lists ? listed.absent && evidence.finding != charge_finding::charged
                              : evidence.finding == charge_finding::not_charged;
    // After a cancellation the evidence is cut short.
    const bool not_bought = proven && !context_.cancel_requested();
    if (!listed.evidence.empty())
        evidence.text = listed.evidence + (evidence.text.empty() ? "" : "; " + evidence.text);
    auto saved = co_await store_finding(lost, std::move(evidence), not_bought);
    if (!saved && context_.stopping())
        co_return ending::stopped();
    if (!saved || !not_bought)
        co_return unresolved();
    co_return std::nullopt;
}

task<result<void>> reconciler::store_finding(const ledger::effect_record& lost, balance_evidence evidence,
                                             bool not_bought)
{
    ledger::batch changes;
    if (not_bought) {
        ledger::move_effect move(lost.id, effect_state::not_executed);
        move.evidence = evidence.text;
        changes = co_await reconciled_changes(context_, lost, std::move(move), "not-done");
    } else {
        if (evidence.finding == charge_finding::charged)
            evidence.text += "; the number's id is lost";
        changes = unresolved_changes(context_, lost, evidence);
    }
    co_return co_await context_.save_progress(to_json(progress_), std::move(changes));
}

} // namespace ulak::kinds::otp
