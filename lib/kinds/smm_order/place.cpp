// Placing the order, once.
#include "kinds/smm_order/smm_run.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"
#include "http/auth.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::smm {
namespace {

namespace json = boost::json;
using ledger::run_state;
using providers::classification;
using namespace std::chrono_literals;

constexpr int max_attempts = 5;
constexpr std::chrono::milliseconds first_pause = 1s;
constexpr std::chrono::seconds default_rate_limit_pause = 30s;

ending unresolved()
{
    return ending(
        run_state::attention,
        error(errc::ambiguous, "it is not known whether the order was placed, see attention", reach::maybe_sent));
}

} // namespace

task<std::optional<ending>> smm_run::place()
{
    auto order = render_order(settings_, context_.params());
    if (!order)
        co_return ending(run_state::failed, order.error());
    progress_.account = account_->name;
    progress_.link = order->link;
    auto keeping = context_.save_progress(to_json(progress_));
    auto kept = co_await std::move(keeping);
    if (!kept)
        co_return ending::stopped();
    for (int tries = 1; progress_.order.empty(); ++tries) {
        co_await reset_cancellation();
        auto waiting = wait_for_link(order->link);
        auto over = co_await std::move(waiting);
        if (over)
            co_return over;
        if (context_.stopping())
            co_return ending::stopped();
        if (context_.cancel_requested())
            co_return ending(run_state::cancelled);
        auto asking = account_->panel->services(context_.clock().now() + account_->read_timeout);
        auto offered = co_await std::move(asking);
        if (!offered && (context_.stopping() || context_.cancel_requested()))
            continue;
        if (!offered) {
            auto telling = read_failures_.report_failure(*account_, "panel.services", offered.error());
            co_await std::move(telling);
            co_return ending(run_state::failed, offered.error());
        }
        auto copy = *order;
        auto what = check_order(settings_, std::move(copy), *offered);
        if (!what)
            co_return ending(run_state::failed, what.error());
        auto placing = place_once(*what, tries);
        over = co_await std::move(placing);
        if (over)
            co_return over;
    }
    co_return std::nullopt;
}

ledger::batch smm_run::progress_changes() const
{
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    return ledger::batch(1, std::move(state));
}

ledger::batch smm_run::placed_changes(const effect_id& effect, const std::string& order_id, const checked_order& what)
{
    progress_.order = order_id;
    progress_.effect = effect;
    progress_.quantity = what.order.quantity * what.order.runs.value_or(1);
    progress_.cost = what.cost;
    progress_.placed_at = context_.clock().wall_now();
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    state.result = json::serialize(result_json(std::nullopt));
    json::object data;
    data["order"] = order_id;
    data["service"] = what.order.service;
    data["quantity"] = what.order.quantity;
    data["cost"] = ulak::json_of(what.cost);
    ledger::batch all;
    all.push_back(std::move(state));
    all.push_back(
        order_event(events::order_placed, events::level::info,
                    "order " + order_id + ": " + std::to_string(progress_.quantity) + " of " + printable(what.name, 80),
                    std::move(data)));
    return all;
}

/// Under the permit: nobody else of ours orders for the link, or moves the balance, now.
task<result<void>> smm_run::check_before_booking(const std::string& link)
{
    if (settings_.on_same_link != same_link::allow) {
        auto other = co_await link_conflict(link);
        if (!other)
            co_return other.error();
        if (*other)
            co_return error(errc::denied_now, **other);
    }
    progress_.balance_before = co_await read_balance_snapshot(context_, *account_);
    progress_.booked = true;
    co_return result<void>();
}

/// The purchase of one order. Any error: nothing was ordered.
task<result<settlement>> smm_run::buy(const checked_order& what)
{
    purchase_request request("order", account_, "panel.add", what.cost);
    request.digest = http::sha256_hex("panel.add\n" + what.order.service + "\n" + what.order.link + "\n" +
                                      std::to_string(what.order.quantity));
    // 1. Reserve, and look again at what may have changed while the permit was waited for.
    auto reserved = co_await reserve(context_, std::move(request));
    if (!reserved)
        co_return reserved.error();
    auto checked = co_await check_before_booking(what.order.link);
    if (!checked)
        co_return checked.error();

    // 2. Book: the budget, the intent and the progress.
    auto booked = co_await std::move(*reserved).book(progress_changes());
    if (!booked)
        co_return booked.error();

    // 3. Call.
    auto call = std::move(*booked).call();
    auto answer = co_await account_->panel->add(what.order, std::move(call.gate));

    // 4. Settle: the outcome with the order that was placed.
    purchase_answer classified(answer, &providers::panel_receipt::order_id);
    classified.charged = what.cost;
    ledger::batch changes;
    if (classified.accepted())
        changes = placed_changes(call.purchase.effect(), classified.provider_ref, what);
    auto settled = co_await std::move(call.purchase).settle(std::move(classified), std::move(changes));
    if (!settled || settled->classified_as != classification::accepted)
        progress_.order.clear();
    co_return settled;
}

/// nullopt: it is placed, or it was proven that it was not and may be tried again.
task<std::optional<ending>> smm_run::place_once(const checked_order& what, int tries)
{
    auto settled = co_await buy(what);
    ULAK_FAILPOINT("order/placed");
    co_await reset_cancellation();
    if (!settled) {
        const errc code = settled.error().code;
        const bool asked_to_leave = code == errc::cancelled && (context_.stopping() || context_.cancel_requested());
        if (asked_to_leave || code == errc::denied_now)
            co_return std::nullopt; // the loop looks at the flags, and at the link
        co_return ending(code == errc::conflict ? run_state::attention : run_state::failed, settled.error());
    }
    if (settled->classified_as == classification::accepted)
        co_return std::nullopt;
    if (settled->classified_as == classification::ambiguous)
        co_return co_await reconcile(settled->id);
    co_return co_await after_refusal(*settled, tries);
}

task<std::optional<ending>> smm_run::after_refusal(const settlement& how, int tries)
{
    const error why = how.failure.value_or(error(errc::validation, "the panel refused the order"));
    // Of an order that was thought not to be placed, the panel says that it is there.
    if (how.classified_as == classification::rejected && why.code == errc::duplicate && tries > 1)
        co_return ending(run_state::attention, error(errc::ambiguous, why.message + "; an earlier call may have placed "
                                                                                    "it, see attention"));
    if (how.classified_as == classification::rejected || tries >= max_attempts)
        co_return ending(run_state::failed, why);
    if (how.classified_as == classification::rate_limited)
        co_await sleep_for(context_, why.retry_after.value_or(default_rate_limit_pause));
    else
        co_await sleep_for(context_, first_pause * (1 << (tries - 1)));
    co_return std::nullopt;
}

task<std::optional<ending>> smm_run::reconcile(effect_id id)
{
    auto finding_it = find_effect(context_, id);
    auto lost = co_await std::move(finding_it);
    if (!lost || lost->state != ledger::effect_state::ambiguous)
        co_return unresolved();
    auto looking = gather_evidence(*lost);
    auto over = co_await std::move(looking);
    account_->reconciled.insert(id.text());
    co_return over;
}

/// nullopt: it is proven that the order was not placed.
task<std::optional<ending>> smm_run::gather_evidence(const ledger::effect_record& lost)
{
    auto asking = gather_balance_evidence(context_, *account_, progress_.balance_before, lost);
    balance_evidence seen = co_await std::move(asking);
    if (context_.stopping())
        co_return ending::stopped();
    const bool not_placed = seen.finding == charge_finding::not_charged;
    ledger::batch changes;
    if (not_placed) {
        ledger::move_effect move(lost.id, ledger::effect_state::not_executed);
        move.evidence = seen.text;
        auto settling = reconciled_changes(context_, lost, std::move(move), "not-done");
        changes = co_await std::move(settling);
    } else {
        if (seen.finding == charge_finding::charged)
            seen.text += "; the order's number is lost";
        changes = unresolved_changes(context_, lost, seen);
    }
    auto keeping = context_.save_progress(to_json(progress_), std::move(changes));
    auto kept = co_await std::move(keeping);
    if (!kept && context_.stopping())
        co_return ending::stopped();
    if (!kept || !not_placed)
        co_return unresolved();
    co_return std::nullopt;
}

/// A run that is taken up again before its order was seen to be placed.
task<std::optional<ending>> smm_run::resume_purchase()
{
    ledger::effect_query q;
    q.run = context_.run().id.text();
    auto reading = context_.store().effects(std::move(q));
    auto effects = co_await std::move(reading);
    if (!effects)
        co_return ending(run_state::failed, effects.error());
    for (const ledger::effect_record& e : *effects) {
        using ledger::effect_state;
        if (e.state == effect_state::accepted && e.provider_ref.starts_with(operator_ref_prefix))
            co_return ending(run_state::attention,
                             error(errc::ambiguous, "the order was placed, but its number is not known"));
        if (e.state == effect_state::accepted) {
            progress_.order = e.provider_ref;
            progress_.effect = e.id;
            progress_.cost = e.charged.value_or(e.expected);
            progress_.placed_at = e.dispatched_at.value_or(e.intended_at);
            auto keeping = context_.save_progress(to_json(progress_));
            auto kept = co_await std::move(keeping);
            if (!kept)
                co_return ending::stopped();
        } else if (e.state == effect_state::ambiguous || e.state == effect_state::orphaned ||
                   e.state == effect_state::dispatched) {
            auto settling = reconcile(e.id);
            co_return co_await std::move(settling);
        }
    }
    co_return std::nullopt;
}

} // namespace ulak::kinds::smm
