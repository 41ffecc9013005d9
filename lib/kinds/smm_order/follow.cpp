// An order that is placed, followed until the panel says its last word.
#include "kinds/smm_order/smm_run.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::smm {

namespace json = boost::json;
using ledger::run_state;

task<ending> order_job::run(run_context& c) const
{
    auto p = progress_from(c.run().progress);
    if (!p)
        co_return ending(run_state::attention, p.error());
    auto who = c.account(settings_.account);
    if (!who || !who->panel)
        co_return ending(p->order.empty() ? run_state::failed : run_state::attention,
                         error(errc::not_found, "the account " + settings_.account + " is gone from ulak.yaml"));
    smm_run s(c, settings_, std::move(who), std::move(*p));
    co_return co_await s.execute();
}

task<ending> smm_run::execute()
{
    co_await reset_cancellation();
    if (progress_.order.empty()) {
        auto over = co_await resume_purchase();
        if (over)
            co_return *over;
    }
    if (progress_.order.empty()) {
        auto over = co_await place();
        if (over)
            co_return *over;
    }
    co_return co_await follow();
}

ledger::append_event smm_run::order_event(const char* what, events::level severity, std::string message,
                                   json::object data) const
{
    auto e = context_.event(what, severity, std::move(message), std::move(data));
    e.event.account = account_->name;
    e.event.provider = account_->provider;
    return e;
}

json::object smm_run::result_json(const std::optional<providers::panel_status>& seen) const
{
    json::object o;
    o["order"] = progress_.order;
    o["status"] = nullptr;
    o["charge"] = nullptr;
    o["remains"] = nullptr;
    o["currency"] = nullptr;
    if (!seen)
        return o;
    o["status"] = printable(seen->provider_status, 40);
    if (seen->charge)
        o["charge"] = money(*seen->charge, seen->currency).amount_text();
    if (seen->remains)
        o["remains"] = *seen->remains;
    if (!seen->currency.empty())
        o["currency"] = seen->currency;
    else if (progress_.cost)
        o["currency"] = progress_.cost->unit;
    return o;
}

/// What the panel gave back: all of a cancelled order, of others what was not charged in the end.
std::optional<decimal> smm_run::refund(outcome end, const providers::panel_status& seen) const
{
    if (!progress_.cost)
        return std::nullopt;
    decimal back;
    if (end == outcome::canceled)
        back = progress_.cost->amount;
    else if (seen.charge)
        back = progress_.cost->amount - *seen.charge;
    else if (end == outcome::partial && seen.remains && progress_.quantity > 0)
        back = progress_.cost->amount.times(std::clamp<std::int64_t>(*seen.remains, 0, progress_.quantity), progress_.quantity);
    if (back.negative() || back.zero())
        return std::nullopt;
    return std::min(back, progress_.cost->amount);
}

ending smm_run::ending_of(outcome end) const
{
    switch (end) {
    case outcome::completed:
    case outcome::partial: return ending(run_state::succeeded);
    case outcome::gave_up:
        return ending(run_state::attention, error(errc::timed_out, "the order did not end in time, see attention"));
    default:
        return ending(run_state::failed,
                      error(errc::transient, "the panel ended the order as " + printable(progress_.machine_state.status_text, 40)));
    }
}

/// Writes down what a look showed, in one commit with the refund, the notices and the entry for a person.
task<result<void>> smm_run::save_poll(transition t, std::optional<providers::panel_status> seen)
{
    progress_.machine_state = t.next_state;
    if (!t.changed && !t.newly_stalled && t.next_action != action::finish)
        co_return result<void>();
    const outcome end = t.next_state.ended_as;
    json::object data = result_json(seen);
    ledger::batch changes;
    if (t.changed || end != outcome::open)
        changes.push_back(order_event(events::order_status, events::level::info,
                               "order " + progress_.order + ": " + printable(t.next_state.status_text, 40), data));
    const auto tell = [&](const char* moment, const std::string& text) {
        auto notices = context_.notices(moment, text, data);
        changes.insert(changes.end(), notices.begin(), notices.end());
    };
    if (t.newly_stalled)
        tell("stalled", "order " + progress_.order + " does not move: " + printable(t.next_state.status_text, 40));
    if (end == outcome::completed || end == outcome::partial)
        tell(end == outcome::completed ? "completed" : "partial", "order " + progress_.order + " is " + std::string(name(end)));
    if (end == outcome::canceled || end == outcome::failed)
        tell("canceled", "order " + progress_.order + " was ended by the panel: " + printable(t.next_state.status_text, 40));
    if (const auto back = seen && end != outcome::open && end != outcome::gave_up ? refund(end, *seen) : std::nullopt) {
        ledger::refund_effect booked;
        booked.id = progress_.effect;
        booked.amount = *back;
        booked.at = context_.clock().wall_now();
        changes.push_back(std::move(booked));
    }
    if (end == outcome::gave_up) {
        ledger::raise_attention raise;
        raise.entry.id = progress_.effect.text();
        raise.entry.effect = progress_.effect;
        raise.entry.run = context_.run().id;
        raise.entry.job = context_.run().job;
        raise.entry.account = account_->name;
        raise.entry.kind = "stalled";
        raise.entry.amount = progress_.cost.value_or(money());
        raise.entry.at = context_.clock().wall_now();
        raise.entry.evidence = "order " + progress_.order + " is still " + printable(t.next_state.status_text, 40);
        changes.push_back(std::move(raise));
        changes.push_back(
            order_event(events::attention_raised, events::level::error, "order " + progress_.order + " did not end", data));
    }
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    if (seen)
        state.result = json::serialize(data);
    auto keeping = context_.save_with_retry(std::move(state), std::move(changes));
    co_return co_await std::move(keeping);
}

task<ending> smm_run::follow()
{
    const async::steady_point start = context_.clock().now();
    const age then = std::max(age(0), context_.clock().wall_now() - progress_.placed_at);
    const auto now = [&] { return then + std::chrono::duration_cast<age>(context_.clock().now() - start); };
    if (progress_.machine_state.ended_as != outcome::open)
        co_return ending_of(progress_.machine_state.ended_as);
    progress_.machine_state.wake_at = now() + settings_.tracking.poll_first;
    while (true) {
        co_await sleep_until(context_, start + (progress_.machine_state.wake_at - then));
        if (context_.stopping())
            co_return ending::stopped();
        if (context_.cancel_requested())
            co_return ending(run_state::cancelled); // no panel documents a cancel: the order itself goes on
        if (after_sleep(progress_.machine_state, now()).next_action == action::sleep)
            continue;
        std::vector<std::string> ids{progress_.order};
        auto asking = account_->panel->status(std::move(ids), context_.clock().now() + account_->read_timeout);
        auto answers = co_await std::move(asking);
        ULAK_FAILPOINT("order/status");
        std::optional<providers::panel_status> seen;
        std::optional<error> trouble;
        if (!answers)
            trouble = answers.error();
        else if (const auto mine = answers->find(progress_.order); mine != answers->end() && mine->second)
            seen = *mine->second;
        else if (mine != answers->end())
            trouble = mine->second.error();
        if (trouble) {
            auto telling = read_failures_.report_failure(*account_, "panel.status", *trouble);
            co_await std::move(telling);
        } else {
            read_failures_.report_success(*account_, "panel.status");
        }
        const transition t = after_poll(settings_.tracking, progress_.machine_state, seen ? &*seen : nullptr, now());
        auto keeping = save_poll(t, seen);
        auto kept = co_await std::move(keeping);
        ULAK_FAILPOINT("order/kept");
        if (!kept && context_.stopping())
            co_return ending::stopped();
        if (!kept)
            co_return ending(run_state::attention,
                             error(errc::contract, "the state of a paid order could not be written"));
        if (t.next_action == action::finish)
            co_return ending_of(t.next_state.ended_as);
    }
}

} // namespace ulak::kinds::smm
