// Placing the order, once.
#include "kinds/smm_order/job.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/names.hpp"
#include "http/auth.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::smm {
namespace {

namespace json = boost::json;
using ledger::run_state;
using providers::classification;
using namespace std::chrono_literals;

constexpr int most_tries = 5;
constexpr std::chrono::milliseconds first_pause = 1s;
constexpr std::chrono::seconds usual_limit_pause = 30s;

ending in_doubt()
{
    return ending(
        run_state::attention,
        error(errc::ambiguous, "it is not known whether the order was placed, see attention", reach::maybe_sent));
}

} // namespace

task<std::optional<ending>> session::place()
{
    auto order = rendered_order(s_, c_.params());
    if (!order)
        co_return ending(run_state::failed, order.error());
    p_.account = who_->name;
    p_.link = order->link;
    auto keeping = c_.keep_progress(to_json(p_));
    auto kept = co_await std::move(keeping);
    if (!kept)
        co_return ending::stopped();
    for (int tries = 1; p_.order.empty(); ++tries) {
        co_await hear_cancellation();
        auto waiting = wait_for_link(order->link);
        auto over = co_await std::move(waiting);
        if (over)
            co_return over;
        if (c_.stopping())
            co_return ending::stopped();
        if (c_.cancel_asked())
            co_return ending(run_state::cancelled);
        auto asking = who_->panel->services(c_.time().now() + who_->read_timeout);
        auto offered = co_await std::move(asking);
        if (!offered && (c_.stopping() || c_.cancel_asked()))
            continue;
        if (!offered) {
            auto telling = troubles_.failed(*who_, "panel.services", offered.error());
            co_await std::move(telling);
            co_return ending(run_state::failed, offered.error());
        }
        auto copy = *order;
        auto what = check_order(s_, std::move(copy), *offered);
        if (!what)
            co_return ending(run_state::failed, what.error());
        auto placing = place_once(*what, tries);
        over = co_await std::move(placing);
        if (over)
            co_return over;
    }
    co_return std::nullopt;
}

ledger::batch session::placed(const settlement& how, const providers::panel_receipt& got, const checked_order& what)
{
    p_.order = got.order_id;
    p_.effect = how.id;
    p_.quantity = what.order.quantity * what.order.runs.value_or(1);
    p_.cost = what.cost;
    p_.placed_at = c_.time().wall_now();
    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    state.result = json::serialize(result_json(std::nullopt));
    json::object data;
    data["order"] = got.order_id;
    data["service"] = what.order.service;
    data["quantity"] = what.order.quantity;
    data["cost"] = ulak::json_of(what.cost);
    ledger::batch all;
    all.push_back(std::move(state));
    all.push_back(told(events::order_placed, events::level::info,
                       "order " + got.order_id + ": " + std::to_string(p_.quantity) + " of " + printable(what.name, 80),
                       std::move(data)));
    return all;
}

/// Under the permit: nobody else of ours orders for the link, or moves the balance, now.
task<result<void>> session::look_first(const std::string& link)
{
    if (s_.on_same_link != same_link::allow) {
        auto looking = other_run(link);
        auto other = co_await std::move(looking);
        if (!other)
            co_return other.error();
        if (*other)
            co_return error(errc::denied_now, **other);
    }
    auto reading = balance_before(c_, *who_);
    p_.before = co_await std::move(reading);
    p_.asked = true;
    co_return result<void>();
}

/// nullopt: it is placed, or it was proven that it was not and may be tried again.
task<std::optional<ending>> session::place_once(const checked_order& what, int tries)
{
    spending buying("order", who_, "panel.add", what.cost);
    buying.digest = http::sha256_hex("panel.add\n" + what.order.service + "\n" + what.order.link + "\n" +
                                     std::to_string(what.order.quantity));
    buying.first = [&] { return look_first(what.order.link); };
    buying.with_intent = [this](const effect_id&) {
        ledger::update_run state(c_.run().id);
        state.progress = json::serialize(to_json(p_));
        return ledger::batch(1, std::move(state));
    };
    providers::smm_panel& panel = *who_->panel;
    costly_call<providers::panel_receipt> call = [&](providers::purchase_gate how) {
        return panel.add(what.order, std::move(how));
    };
    std::function<acceptance(const providers::panel_receipt&)> read = [&](const providers::panel_receipt& got) {
        acceptance a;
        a.provider_ref = got.order_id;
        a.charged = what.cost;
        return a;
    };
    std::function<ledger::batch(const settlement&, const std::optional<providers::panel_receipt>&)> then =
        [&](const settlement& how, const std::optional<providers::panel_receipt>& got) {
            if (how.what == classification::accepted && got)
                return placed(how, *got, what);
            p_.order.clear();
            return ledger::batch();
        };
    auto spending_it =
        spend<providers::panel_receipt>(c_, std::move(buying), std::move(call), std::move(read), std::move(then));
    auto done = co_await std::move(spending_it);
    ULAK_FAILPOINT("order/placed");
    co_await hear_cancellation();
    if (!done) {
        const errc code = done.error().code;
        const bool asked_to_leave = code == errc::cancelled && (c_.stopping() || c_.cancel_asked());
        if (asked_to_leave || code == errc::denied_now)
            co_return std::nullopt; // the loop looks at the flags, and at the link
        co_return ending(code == errc::conflict ? run_state::attention : run_state::failed, done.error());
    }
    if (done->how.what == classification::accepted)
        co_return std::nullopt;
    if (done->how.what == classification::ambiguous) {
        auto settling = settle_doubt(done->how.id);
        co_return co_await std::move(settling);
    }
    auto refused = after_refusal(done->how, tries);
    co_return co_await std::move(refused);
}

task<std::optional<ending>> session::after_refusal(const settlement& how, int tries)
{
    const error why = how.why.value_or(error(errc::validation, "the panel refused the order"));
    // Of an order that was thought not to be placed, the panel says that it is there.
    if (how.what == classification::rejected && why.code == errc::duplicate && tries > 1)
        co_return ending(run_state::attention, error(errc::ambiguous, why.message + "; an earlier call may have placed "
                                                                                    "it, see attention"));
    if (how.what == classification::rejected || tries >= most_tries)
        co_return ending(run_state::failed, why);
    if (how.what == classification::rate_limited)
        co_await nap(c_, why.retry_after.value_or(usual_limit_pause));
    else
        co_await nap(c_, first_pause * (1 << (tries - 1)));
    co_return std::nullopt;
}

task<std::optional<ending>> session::settle_doubt(effect_id id)
{
    auto finding_it = find_effect(c_, id);
    auto lost = co_await std::move(finding_it);
    if (!lost || lost->state != ledger::effect_state::ambiguous)
        co_return in_doubt();
    auto looking = look_into(*lost);
    auto over = co_await std::move(looking);
    who_->reconciled.insert(id.text());
    co_return over;
}

/// nullopt: it is proven that the order was not placed.
task<std::optional<ending>> session::look_into(const ledger::effect_record& lost)
{
    auto asking = ask_balance(c_, *who_, p_.before, lost);
    balance_word seen = co_await std::move(asking);
    if (c_.stopping())
        co_return ending::stopped();
    const bool not_placed = seen.what == finding::not_charged;
    ledger::batch changes;
    if (not_placed) {
        ledger::move_effect move(lost.id, ledger::effect_state::not_executed);
        move.evidence = seen.evidence;
        auto settling = settled_by_evidence(c_, lost, std::move(move), "not-done");
        changes = co_await std::move(settling);
    } else {
        if (seen.what == finding::charged)
            seen.evidence += "; the order's number is lost";
        changes = left_to_a_person(c_, lost, seen);
    }
    auto keeping = c_.keep_progress(to_json(p_), std::move(changes));
    auto kept = co_await std::move(keeping);
    if (!kept && c_.stopping())
        co_return ending::stopped();
    if (!kept || !not_placed)
        co_return in_doubt();
    co_return std::nullopt;
}

/// A run that is taken up again before its order was seen to be placed.
task<std::optional<ending>> session::look_back()
{
    ledger::effect_query q;
    q.run = c_.run().id.text();
    auto reading = c_.store().effects(std::move(q));
    auto effects = co_await std::move(reading);
    if (!effects)
        co_return ending(run_state::failed, effects.error());
    for (const ledger::effect_record& e : *effects) {
        using ledger::effect_state;
        if (e.state == effect_state::accepted && e.provider_ref.starts_with(word_of_a_person))
            co_return ending(run_state::attention,
                             error(errc::ambiguous, "the order was placed, but its number is not known"));
        if (e.state == effect_state::accepted) {
            p_.order = e.provider_ref;
            p_.effect = e.id;
            p_.cost = e.charged.value_or(e.expected);
            p_.placed_at = e.dispatched_at.value_or(e.intended_at);
            auto keeping = c_.keep_progress(to_json(p_));
            auto kept = co_await std::move(keeping);
            if (!kept)
                co_return ending::stopped();
        } else if (e.state == effect_state::ambiguous || e.state == effect_state::orphaned ||
                   e.state == effect_state::dispatched) {
            auto settling = settle_doubt(e.id);
            co_return co_await std::move(settling);
        }
    }
    co_return std::nullopt;
}

} // namespace ulak::kinds::smm
