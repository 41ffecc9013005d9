// An order that is placed, followed until the panel says its last word.
#include "kinds/smm_order/job.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::smm {

namespace json = boost::json;
using ledger::run_state;

task<ending> order_job::run(context& c) const
{
    auto p = progress_from(c.run().progress);
    if (!p)
        co_return ending(run_state::attention, p.error());
    auto who = c.account(settings_.account);
    if (!who || !who->panel)
        co_return ending(p->order.empty() ? run_state::failed : run_state::attention,
                         error(errc::not_found, "the account " + settings_.account + " is gone from ulak.yaml"));
    session s(c, settings_, std::move(who), std::move(*p));
    co_return co_await s.go();
}

task<ending> session::go()
{
    co_await hear_cancellation();
    if (p_.order.empty()) {
        auto over = co_await look_back();
        if (over)
            co_return *over;
    }
    if (p_.order.empty()) {
        auto over = co_await place();
        if (over)
            co_return *over;
    }
    co_return co_await follow();
}

ledger::append_event session::told(const char* what, events::level severity, std::string message,
                                   json::object data) const
{
    auto e = c_.event(what, severity, std::move(message), std::move(data));
    e.event.account = who_->name;
    e.event.provider = who_->provider;
    return e;
}

json::object session::result_json(const std::optional<providers::panel_status>& seen) const
{
    json::object o;
    o["order"] = p_.order;
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
    else if (p_.cost)
        o["currency"] = p_.cost->unit;
    return o;
}

/// What the panel gave back: all of a cancelled order, of others what was not charged in the end.
std::optional<decimal> session::refund(fate end, const providers::panel_status& seen) const
{
    if (!p_.cost)
        return std::nullopt;
    decimal back;
    if (end == fate::canceled)
        back = p_.cost->amount;
    else if (seen.charge)
        back = p_.cost->amount - *seen.charge;
    else if (end == fate::partial && seen.remains && p_.quantity > 0)
        back = p_.cost->amount.times(std::clamp<std::int64_t>(*seen.remains, 0, p_.quantity), p_.quantity);
    if (back.negative() || back.zero())
        return std::nullopt;
    return std::min(back, p_.cost->amount);
}

ending session::ending_of(fate end) const
{
    switch (end) {
    case fate::completed:
    case fate::partial: return ending(run_state::succeeded);
    case fate::gave_up:
        return ending(run_state::attention, error(errc::timed_out, "the order did not end in time, see attention"));
    default:
        return ending(run_state::failed,
                      error(errc::transient, "the panel ended the order as " + printable(p_.machine.word, 40)));
    }
}

/// Writes down what a look showed, in one commit with the refund, the notices and the entry for a person.
task<result<void>> session::keep_look(turn t, std::optional<providers::panel_status> seen)
{
    p_.machine = t.next;
    if (!t.changed && !t.stalled && t.what != act::finish)
        co_return result<void>();
    const fate end = t.next.end;
    json::object data = result_json(seen);
    ledger::batch changes;
    if (t.changed || end != fate::open)
        changes.push_back(told(events::order_status, events::level::info,
                               "order " + p_.order + ": " + printable(t.next.word, 40), data));
    const auto tell = [&](const char* moment, const std::string& text) {
        auto notices = c_.notices(moment, text, data);
        changes.insert(changes.end(), notices.begin(), notices.end());
    };
    if (t.stalled)
        tell("stalled", "order " + p_.order + " does not move: " + printable(t.next.word, 40));
    if (end == fate::completed || end == fate::partial)
        tell(end == fate::completed ? "completed" : "partial", "order " + p_.order + " is " + std::string(name(end)));
    if (end == fate::canceled || end == fate::failed)
        tell("canceled", "order " + p_.order + " was ended by the panel: " + printable(t.next.word, 40));
    if (const auto back = seen && end != fate::open && end != fate::gave_up ? refund(end, *seen) : std::nullopt) {
        ledger::refund_effect booked;
        booked.id = p_.effect;
        booked.amount = *back;
        booked.at = c_.time().wall_now();
        changes.push_back(std::move(booked));
    }
    if (end == fate::gave_up) {
        ledger::raise_attention raise;
        raise.entry.id = p_.effect.text();
        raise.entry.effect = p_.effect;
        raise.entry.run = c_.run().id;
        raise.entry.job = c_.run().job;
        raise.entry.account = who_->name;
        raise.entry.kind = "stalled";
        raise.entry.amount = p_.cost.value_or(money());
        raise.entry.at = c_.time().wall_now();
        raise.entry.evidence = "order " + p_.order + " is still " + printable(t.next.word, 40);
        changes.push_back(std::move(raise));
        changes.push_back(
            told(events::attention_raised, events::level::error, "order " + p_.order + " did not end", data));
    }
    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    if (seen)
        state.result = json::serialize(data);
    auto keeping = c_.keep(std::move(state), std::move(changes));
    co_return co_await std::move(keeping);
}

task<ending> session::follow()
{
    const async::steady_point start = c_.time().now();
    const age then = std::max(age(0), c_.time().wall_now() - p_.placed_at);
    const auto now = [&] { return then + std::chrono::duration_cast<age>(c_.time().now() - start); };
    if (p_.machine.end != fate::open)
        co_return ending_of(p_.machine.end);
    p_.machine.wake = now() + s_.track.poll_first;
    while (true) {
        co_await nap_until(c_, start + (p_.machine.wake - then));
        if (c_.stopping())
            co_return ending::stopped();
        if (c_.cancel_asked())
            co_return ending(run_state::cancelled); // no panel documents a cancel: the order itself goes on
        if (after_sleep(p_.machine, now()).what == act::sleep)
            continue;
        std::vector<std::string> ids{p_.order};
        auto asking = who_->panel->status(std::move(ids), c_.time().now() + who_->read_timeout);
        auto answers = co_await std::move(asking);
        ULAK_FAILPOINT("order/status");
        std::optional<providers::panel_status> seen;
        std::optional<error> trouble;
        if (!answers)
            trouble = answers.error();
        else if (const auto mine = answers->find(p_.order); mine != answers->end() && mine->second)
            seen = *mine->second;
        else if (mine != answers->end())
            trouble = mine->second.error();
        if (trouble) {
            auto telling = troubles_.failed(*who_, "panel.status", *trouble);
            co_await std::move(telling);
        } else {
            troubles_.worked(*who_, "panel.status");
        }
        const turn t = after_look(s_.track, p_.machine, seen ? &*seen : nullptr, now());
        auto keeping = keep_look(t, seen);
        auto kept = co_await std::move(keeping);
        ULAK_FAILPOINT("order/kept");
        if (!kept && c_.stopping())
            co_return ending::stopped();
        if (!kept)
            co_return ending(run_state::attention,
                             error(errc::contract, "the state of a paid order could not be written"));
        if (t.what == act::finish)
            co_return ending_of(t.next.end);
    }
}

} // namespace ulak::kinds::smm
