#include "kinds/otp_acquire/driver.hpp"

#include "core/failpoint.hpp"
#include "kinds/otp_acquire/code.hpp"
#include "kinds/otp_acquire/number_changes.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace ulak::kinds::otp {
namespace {

using providers::number_status;

ending account_gone(const std::string& account)
{
    return ending(ledger::run_state::attention,
                  error(errc::not_found, "the account " + account + " is gone from ulak.yaml while it holds a number"));
}

ending not_stored()
{
    return ending(ledger::run_state::attention,
                  error(errc::contract, "the state of a paid number could not be written"));
}

} // namespace

rules driver::rules_for(const providers::account& account) const
{
    // A job file that lost candidates since the number was bought has another last one.
    const std::size_t last = settings_.candidates.size() - 1;
    const candidate& bought_from = settings_.candidates[std::min(progress_.held->candidate, last)];
    rules r;
    r.code_wait = settings_.code_wait;
    r.poll_first = settings_.poll_first;
    r.poll_max = settings_.poll_max;
    r.not_before = account.cancel.not_before;
    r.free_until = account.cancel.free_until;
    r.can_cancel = bought_from.cancel_on_timeout && account.numbers->can_cancel();
    r.refund_verifiable = !account.shared && progress_.held->balance_before.has_value() && account.balances != nullptr;
    return r;
}

age_range driver::age_now() const
{
    return progress_.held->age.at(context_.environment().clock);
}

task<std::optional<ending>> driver::drive()
{
    const auto account = context_.account(progress_.held->account);
    if (!account || !account->numbers)
        co_return account_gone(progress_.held->account);
    co_return co_await drive(*account);
}

task<std::optional<ending>> driver::drive(const providers::account& account)
{
    const rules r = rules_for(account);
    transition t = step(r, progress_.held->machine_state, event::resumed, age_now());
    while (true) {
        // On disk before anything is done, so that a restart goes on from here.
        const bool stored = co_await store_transition(t);
        if (context_.stopping() && (!stored || t.next_action != action::finish))
            co_return ending::stopped();
        if (!stored)
            co_return not_stored();
        if (t.next_action == action::finish)
            co_return std::nullopt;
        const event e = co_await perform(t.next_action, account);
        // A code that has arrived is delivered first.
        if (context_.stopping() && e != event::poll_code)
            co_return ending::stopped();
        t = step(r, progress_.held->machine_state, e, age_now());
    }
}

task<event> driver::perform(action a, const providers::account& account)
{
    co_await reset_cancellation();
    if (context_.cancel_requested() && !progress_.held->machine_state.cancel_requested) {
        progress_.cancel_requested = true;
        co_return event::cancel_requested;
    }
    switch (a) {
    case action::poll: co_return co_await poll(account);
    case action::cancel: co_return co_await cancel(account);
    case action::read_balance: co_return co_await check_refund(account);
    default: co_return co_await sleep();
    }
}

task<event> driver::sleep()
{
    const age left = std::max(age(0), progress_.held->machine_state.wake_at - age_now().least);
    co_await sleep_until(context_, context_.clock().now() + left);
    co_return event::woke;
}

task<event> driver::poll(const providers::account& account)
{
    const auto deadline = context_.clock().now() + account.read_timeout;
    auto status = co_await account.numbers->poll(progress_.held->number_id, deadline);
    ULAK_FAILPOINT("otp/polled");
    if (!status) {
        co_await failures_.report_failure(account, "number.poll", status.error());
        // A provider may forget a number that it has cancelled.
        const bool cancelled = progress_.held->machine_state.cancels_confirmed > 0;
        const bool ended = cancelled && status.error().code == errc::not_found;
        co_return ended ? event::poll_ended : event::poll_failed;
    }
    failures_.report_success(account, "number.poll");
    if (!status->number.empty())
        progress_.held->number = status->number; // some providers tell it later
    progress_.held->digits_elsewhere = status->digits_elsewhere;
    switch (status->state) {
    case number_status::sms_state::unreadable: co_return event::poll_unreadable;
    case number_status::sms_state::code:
        found_ = extract_code(settings_, *status);
        ULAK_FAILPOINT("otp/code");
        co_return found_.empty() ? event::poll_unreadable : event::poll_code;
    case number_status::sms_state::ended: co_return event::poll_ended;
    default: co_return event::poll_waiting;
    }
}

task<event> driver::cancel(const providers::account& account)
{
    ULAK_FAILPOINT("otp/cancel");
    const auto deadline = context_.clock().now() + account.read_timeout;
    auto cancelled = co_await account.numbers->cancel(progress_.held->number_id, deadline);
    ULAK_FAILPOINT("otp/cancelled");
    if (cancelled) {
        failures_.report_success(account, "number.cancel");
        co_return event::cancel_confirmed;
    }
    // "Not now" is an answer like any other, and is repeated.
    if (cancelled.error().code != errc::denied_now)
        co_await failures_.report_failure(account, "number.cancel", cancelled.error());
    co_return cancelled.error().how_far == reach::answered ? event::cancel_refused : event::cancel_failed;
}

task<event> driver::check_refund(const providers::account& account)
{
    auto now = co_await account.balances->balance(context_.clock().now() + account.read_timeout);
    if (!now)
        co_await failures_.report_failure(account, "balance", now.error());
    const held_number& n = *progress_.held;
    if (!now || now->unit != n.balance_before->unit)
        co_return event::refund_unknown;
    if (now->amount >= n.balance_before->amount)
        co_return event::refund_seen;
    // Money that another purchase took hides a refund.
    const bool quiet = co_await no_other_charges_since(context_, account, n.effect, n.times.ordered_at);
    co_return quiet ? event::refund_absent : event::refund_unknown;
}

/// False: not on disk, because the daemon stops or because the store refuses for another reason than a full disk.
task<bool> driver::store_transition(const transition& t)
{
    const stage before = std::exchange(progress_.held->machine_state, t.next_state).at;
    if (!must_be_stored(before, t))
        co_return true;
    progress_.held->times.known_age = age_now().least;
    ledger::update_run update(context_.run().id);
    auto changes = co_await changes_of(t, update);
    update.progress = boost::json::serialize(to_json(progress_));
    ULAK_FAILPOINT("otp/keep");
    auto stored = co_await context_.save_with_retry(std::move(update), std::move(changes));
    ULAK_FAILPOINT("otp/kept");
    co_return stored.has_value();
}

/// What the transition records beside the run's progress, which it changes too.
task<ledger::batch> driver::changes_of(const transition& t, ledger::update_run& update)
{
    const held_number n = *progress_.held;
    const state& last = n.machine_state;
    ledger::batch all;
    if (t.alarm) {
        progress_.at_risk = true;
        all = alarm_changes(context_, n);
    }
    if (t.next_action != action::finish)
        co_return all;
    // An alarm of earlier is over once the code or the refund is here.
    const bool settled = last.ended_as == outcome::code || last.refund_seen;
    if (settled && last.alarm_raised && !t.alarm) {
        const auto resolved = co_await resolve_attention_changes(context_, n.effect.text(), "done");
        all.insert(all.end(), resolved.begin(), resolved.end());
    }
    const auto ended = final_changes(context_, n, found_, update);
    all.insert(all.end(), ended.begin(), ended.end());
    progress_.unsure = last.ended_as == outcome::code && !found_.unsure.empty();
    release_number(progress_);
    co_return all;
}

} // namespace ulak::kinds::otp
