// A number that is paid is driven to its end: the machine says what to do, this does it.
#include "kinds/purchase/reconcile.hpp"
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/phone.hpp"
#include "events/event_names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cassert>

namespace ulak::kinds::otp {

namespace json = boost::json;

rules otp_run::rules_of(const providers::account& who) const
{
    const candidate& wanted = settings_.candidates[std::min(progress_.held->candidate, settings_.candidates.size() - 1)];
    rules r;
    r.code_wait = settings_.code_wait;
    r.poll_first = settings_.poll_first;
    r.poll_max = settings_.poll_max;
    r.not_before = who.cancel.not_before;
    r.free_until = who.cancel.free_until;
    r.can_cancel = wanted.cancel_on_timeout && who.numbers->can_cancel();
    r.refund_verifiable = !who.shared && progress_.held->balance_before.has_value() && who.balances != nullptr;
    return r;
}

age otp_run::age_now() const
{
    return age_when_held_ + std::chrono::duration_cast<age>(context_.clock().now() - held_since_);
}

task<std::optional<ending>> otp_run::drive()
{
    const auto who = context_.account(progress_.held->account);
    if (!who || !who->numbers)
        co_return ending(ledger::run_state::attention,
                         error(errc::not_found,
                               "the account " + progress_.held->account + " is gone from ulak.yaml while it holds a number"));
    if (held_since_ == async::steady_point()) { // taken up again: only the wall clock knows how long we were away
        held_since_ = context_.clock().now();
        age_when_held_ = std::max(age(0), context_.clock().wall_now() - progress_.held->ordered_at);
    }
    auto learning = learn_price(*who);
    co_await std::move(learning);
    const rules r = rules_of(*who);
    transition t = step(r, progress_.held->machine_state, event::resumed, age_now());
    while (true) {
        auto keeping = store_transition(t, who);
        const bool kept = co_await std::move(keeping);
        if (context_.stopping() && (!kept || t.next_action != action::finish))
            co_return ending::stopped();
        if (!kept)
            co_return ending(ledger::run_state::attention,
                             error(errc::contract, "the state of a paid number could not be written"));
        if (t.next_action == action::finish)
            co_return std::nullopt;
        auto doing = perform(t.next_action, who);
        const event h = co_await std::move(doing);
        if (context_.stopping() && h != event::poll_code)
            co_return ending::stopped();
        t = step(r, progress_.held->machine_state, h, age_now());
    }
}

task<event> otp_run::perform(action what, std::shared_ptr<providers::account> who)
{
    co_await reset_cancellation();
    state& m = progress_.held->machine_state;
    if (context_.cancel_requested() && !m.cancel_requested) {
        progress_.cancel_requested = true;
        co_return event::cancel_requested;
    }
    switch (what) {
    case action::poll: {
        auto doing = poll(*who);
        co_return co_await std::move(doing);
    }
    case action::cancel: {
        auto doing = cancel(*who);
        co_return co_await std::move(doing);
    }
    case action::read_balance: {
        auto doing = check_refund(*who);
        co_return co_await std::move(doing);
    }
    default: co_await sleep_until(context_, context_.clock().now() + std::max(age(0), m.wake_at - age_now())); co_return event::woke;
    }
}

task<event> otp_run::poll(const providers::account& who)
{
    auto asking = who.numbers->poll(progress_.held->number_id, context_.clock().now() + who.read_timeout);
    auto news = co_await std::move(asking);
    ULAK_FAILPOINT("otp/polled");
    if (!news) {
        auto telling = failures_.report_failure(who, "number.poll", news.error());
        co_await std::move(telling);
        const bool gone = news.error().code == errc::not_found && progress_.held->machine_state.cancels_confirmed > 0;
        co_return gone ? event::poll_ended : event::poll_failed;
    }
    failures_.report_success(who, "number.poll");
    switch (news->state) {
    case providers::number_status::sms_state::unreadable: co_return event::poll_unreadable;
    case providers::number_status::sms_state::code:
        code_ = extract_code(settings_, *news);
        ULAK_FAILPOINT("otp/code");
        co_return code_.empty() ? event::poll_unreadable : event::poll_code;
    case providers::number_status::sms_state::ended: co_return event::poll_ended;
    default: co_return event::poll_waiting;
    }
}

task<event> otp_run::cancel(const providers::account& who)
{
    ULAK_FAILPOINT("otp/cancel");
    auto asking = who.numbers->cancel(progress_.held->number_id, context_.clock().now() + who.read_timeout);
    auto done = co_await std::move(asking);
    ULAK_FAILPOINT("otp/cancelled");
    if (done) {
        failures_.report_success(who, "number.cancel");
        co_return event::cancel_confirmed;
    }
    if (done.error().code != errc::denied_now) {
        auto telling = failures_.report_failure(who, "number.cancel", done.error());
        co_await std::move(telling);
    }
    co_return done.error().how_far == reach::answered ? event::cancel_refused : event::cancel_failed;
}

task<event> otp_run::check_refund(const providers::account& who)
{
    auto reading = who.balances->balance(context_.clock().now() + who.read_timeout);
    auto now = co_await std::move(reading);
    if (!now) {
        auto telling = failures_.report_failure(who, "balance", now.error());
        co_await std::move(telling);
    }
    if (!now || now->unit != progress_.held->balance_before->unit)
        co_return event::refund_unknown;
    if (now->amount >= progress_.held->balance_before->amount)
        co_return event::refund_seen;
    auto asking = no_other_charges_since(context_, who.name, progress_.held->effect, progress_.held->ordered_at);
    const bool quiet = co_await std::move(asking);
    co_return quiet ? event::refund_absent : event::refund_unknown;
}

/// Writes a turn down where the store has to know of it. False: the daemon stops before the disk took it.
task<bool> otp_run::store_transition(transition t, std::shared_ptr<providers::account> who)
{
    const state before = progress_.held->machine_state;
    progress_.held->machine_state = t.next_state;
    const bool same = before.at == t.next_state.at || t.next_state.at == stage::poll_after_cancel || t.next_state.at == stage::poll_before_cancel;
    if (same && !t.alarm && t.next_action != action::finish)
        co_return true;
    ledger::update_run state(context_.run().id);
    ledger::batch changes;
    if (t.alarm)
        changes = alarm_changes(t.next_state.ended_as, who->provider);
    if (t.next_action == action::finish) {
        const bool settled = t.next_state.ended_as == outcome::code || t.next_state.refund_seen;
        if (settled && t.next_state.alarm_raised && !t.alarm) {
            auto closing = resolve_attention_changes(context_, progress_.held->effect.text(), "done");
            auto closed = co_await std::move(closing);
            changes.insert(changes.end(), closed.begin(), closed.end());
        }
        const auto last = final_changes(t, state);
        changes.insert(changes.end(), last.begin(), last.end());
    }
    state.progress = json::serialize(to_json(progress_));
    ULAK_FAILPOINT("otp/keep");
    auto keeping = context_.save_with_retry(std::move(state), std::move(changes));
    auto kept = co_await std::move(keeping);
    ULAK_FAILPOINT("otp/kept");
    co_return kept.has_value();
}

} // namespace ulak::kinds::otp
