#include "kinds/smm_order/order_buyer.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"
#include "http/auth.hpp"
#include "kinds/smm_order/order_result.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::kinds::smm {
namespace {

namespace json = boost::json;
using ledger::run_state;
using providers::classification;
using namespace std::chrono_literals;

constexpr int max_attempts = 5;
constexpr std::chrono::milliseconds first_retry = 1s;
constexpr std::chrono::seconds default_rate_limit_pause = 30s;

std::string digest_of(const providers::panel_order& order)
{
    std::string asked = "panel.add\n" + order.service + "\n" + order.link + "\n" + std::to_string(order.quantity);
    for (const auto& [field, value] : order.extra)
        asked += "\n" + field + "=" + value;
    return http::sha256_hex(asked);
}

} // namespace

task<std::optional<ending>> order_buyer::place()
{
    run_context& c = run_.context;
    auto order = render_order(run_.settings, c.params());
    if (!order)
        co_return ending(run_state::failed, order.error());
    // From now on other runs see that this one is about the link.
    run_.progress.account = run_.account->name;
    run_.progress.link = subject_of(*order);
    auto saved = co_await c.save_progress(to_json(run_.progress));
    if (!saved)
        co_return ending::stopped();
    for (int attempt = 1; run_.progress.order.empty(); ++attempt) {
        co_await reset_cancellation();
        auto over = co_await guard_.wait(run_.progress.link);
        if (over)
            co_return over;
        if (c.stopping())
            co_return ending::stopped();
        if (c.cancel_requested())
            co_return ending(run_state::cancelled);
        auto offered = co_await run_.account->panel->services(c.clock().now() + run_.account->read_timeout);
        if (!offered && (c.stopping() || c.cancel_requested()))
            continue;
        if (!offered) {
            co_await run_.failures.report_failure(*run_.account, "panel.services", offered.error());
            co_return ending(run_state::failed, offered.error());
        }
        auto checked = check_order(run_.settings, *order, *offered);
        if (!checked)
            co_return ending(run_state::failed, checked.error());
        over = co_await place_once(*checked, attempt);
        if (over)
            co_return over;
    }
    co_return std::nullopt;
}

ledger::batch order_buyer::progress_changes() const
{
    ledger::update_run state(run_.context.run().id);
    state.progress = json::serialize(to_json(run_.progress));
    return ledger::batch(1, std::move(state));
}

ledger::batch order_buyer::placed_changes(const effect_id& effect, const std::string& order_id,
                                          const checked_order& checked)
{
    run_.progress.order = order_id;
    run_.progress.effect = effect;
    run_.progress.quantity = checked.total_quantity;
    run_.progress.drip = checked.order.runs.has_value();
    run_.progress.cost = checked.cost;
    run_.progress.placed_at = run_.context.clock().wall_now();
    ledger::update_run state(run_.context.run().id);
    state.progress = json::serialize(to_json(run_.progress));
    state.result = json::serialize(result_json(run_.progress, std::nullopt));
    json::object data;
    data["order"] = order_id;
    data["service"] = checked.order.service;
    data["quantity"] = checked.total_quantity;
    data["cost"] = ulak::json_of(checked.cost);
    ledger::batch all;
    all.push_back(std::move(state));
    all.push_back(run_.context.event(*run_.account, events::order_placed, events::level::info,
                                     "order " + order_id + ": " + std::to_string(run_.progress.quantity) + " of " +
                                         printable(checked.name, 80),
                                     std::move(data)));
    return all;
}

/// While the permit is held no other run orders for the link or moves the balance.
task<result<void>> order_buyer::check_before_booking(const money& cost)
{
    auto conflict = co_await guard_.conflict(run_.progress.link);
    if (!conflict)
        co_return conflict.error();
    if (*conflict)
        co_return error(errc::denied_now, **conflict);
    run_.progress.balance_before = co_await read_balance_snapshot(run_.context, *run_.account);
    if (run_.progress.balance_before && run_.progress.balance_before->amount.unit != cost.unit)
        co_return error(errc::validation, "the panel's balance is in " + run_.progress.balance_before->amount.unit +
                                              ", but the order was reckoned as " + cost.text());
    run_.progress.booked = true;
    co_return result<void>();
}

/// The purchase of one order. Any error: nothing was ordered.
task<result<settlement>> order_buyer::buy(const checked_order& checked)
{
    purchase_request request("order", run_.account, "panel.add", checked.cost);
    request.digest = digest_of(checked.order);
    // 1. Reserve, and look again at what may have changed while the permit was waited for.
    auto reserved = co_await reserve(run_.context, std::move(request));
    if (!reserved)
        co_return reserved.error();
    auto allowed = co_await check_before_booking(checked.cost);
    if (!allowed)
        co_return allowed.error();

    // 2. Book: the budget, the intent and the progress.
    auto booked = co_await std::move(*reserved).book(progress_changes());
    if (!booked)
        co_return booked.error();

    // 3. Call.
    auto call = std::move(*booked).call();
    auto answer = co_await run_.account->panel->add(checked.order, std::move(call.gate));

    // 4. Settle: the outcome with the order that was placed.
    purchase_answer classified(answer, &providers::panel_receipt::order_id);
    classified.charged = checked.cost;
    ledger::batch changes;
    if (classified.accepted())
        changes = placed_changes(call.purchase.effect(), classified.provider_ref, checked);
    auto settled = co_await std::move(call.purchase).settle(std::move(classified), std::move(changes));
    if (!settled || settled->classified_as != classification::accepted)
        run_.progress.order.clear();
    co_return settled;
}

/// nullopt: it is placed, or it was proven that it was not and may be tried again.
task<std::optional<ending>> order_buyer::place_once(const checked_order& checked, int attempt)
{
    auto settled = co_await buy(checked);
    ULAK_FAILPOINT("order/placed");
    co_await reset_cancellation();
    if (!settled) {
        const errc code = settled.error().code;
        const bool asked_to_leave =
            code == errc::cancelled && (run_.context.stopping() || run_.context.cancel_requested());
        if (asked_to_leave || code == errc::denied_now)
            co_return std::nullopt; // the loop checks the flags and the link again
        co_return ending(code == errc::conflict ? run_state::attention : run_state::failed, settled.error());
    }
    if (settled->classified_as == classification::accepted)
        co_return std::nullopt;
    if (settled->classified_as == classification::ambiguous)
        co_return co_await reconciler_.reconcile(settled->id);
    co_return co_await after_refusal(*settled, attempt);
}

task<std::optional<ending>> order_buyer::after_refusal(const settlement& s, int attempt)
{
    if (s.classified_as == classification::not_sent && (run_.context.stopping() || run_.context.cancel_requested()))
        co_return std::nullopt; // no refusal of the panel's: the loop looks at the flags
    const error why = s.failure.value_or(error(errc::validation, "the panel refused the order"));
    // The panel says that an order exists which was thought not to be placed.
    if (s.classified_as == classification::rejected && why.code == errc::duplicate && attempt > 1)
        co_return ending(run_state::attention, error(errc::ambiguous, why.message + "; an earlier call may have placed "
                                                                                    "it, see attention"));
    if (s.classified_as == classification::rejected || attempt >= max_attempts)
        co_return ending(run_state::failed, why);
    if (s.classified_as == classification::rate_limited)
        co_await sleep_for(run_.context, why.retry_after.value_or(default_rate_limit_pause));
    else
        co_await sleep_for(run_.context, first_retry * (1 << (attempt - 1)));
    co_return std::nullopt;
}

} // namespace ulak::kinds::smm
