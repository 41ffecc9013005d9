// A number that is paid is driven to its end: the machine says what to do, this does it.
#include "kinds/doubt.hpp"
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/phone.hpp"
#include "events/names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cassert>

namespace ulak::kinds::otp {

namespace json = boost::json;

rules session::rules_of(const providers::account& who) const
{
    const candidate& wanted = s_.candidates[std::min(p_.held->candidate, s_.candidates.size() - 1)];
    rules r;
    r.code_wait = s_.code_wait;
    r.poll_first = s_.poll_first;
    r.poll_max = s_.poll_max;
    r.not_before = who.cancel.not_before;
    r.free_until = who.cancel.free_until;
    r.can_cancel = wanted.cancel && who.numbers->can_cancel();
    r.verifiable = !who.shared && p_.held->before.has_value() && who.balances != nullptr;
    return r;
}

age session::age_now() const
{
    return age_then_ + std::chrono::duration_cast<age>(c_.clock().now() - taken_up_);
}

task<std::optional<ending>> session::drive()
{
    const auto who = c_.account(p_.held->account);
    if (!who || !who->numbers)
        co_return ending(ledger::run_state::attention,
                         error(errc::not_found,
                               "the account " + p_.held->account + " is gone from ulak.yaml while it holds a number"));
    if (taken_up_ == async::steady_point()) { // taken up again: only the wall clock knows how long we were away
        taken_up_ = c_.clock().now();
        age_then_ = std::max(age(0), c_.clock().wall_now() - p_.held->ordered_at);
    }
    auto learning = learn_price(*who);
    co_await std::move(learning);
    const rules r = rules_of(*who);
    turn t = step(r, p_.held->machine, happening::resumed, age_now());
    while (true) {
        auto keeping = keep_turn(t, who);
        const bool kept = co_await std::move(keeping);
        if (c_.stopping() && (!kept || t.what != act::finish))
            co_return ending::stopped();
        if (!kept)
            co_return ending(ledger::run_state::attention,
                             error(errc::contract, "the state of a paid number could not be written"));
        if (t.what == act::finish)
            co_return std::nullopt;
        auto doing = carry_out(t.what, who);
        const happening h = co_await std::move(doing);
        if (c_.stopping() && h != happening::poll_code)
            co_return ending::stopped();
        t = step(r, p_.held->machine, h, age_now());
    }
}

task<happening> session::carry_out(act what, std::shared_ptr<providers::account> who)
{
    co_await reset_cancellation();
    state& m = p_.held->machine;
    if (c_.cancel_requested() && !m.by_person) {
        p_.by_person = true;
        co_return happening::cancel_asked;
    }
    switch (what) {
    case act::poll: {
        auto doing = poll(*who);
        co_return co_await std::move(doing);
    }
    case act::cancel: {
        auto doing = cancel(*who);
        co_return co_await std::move(doing);
    }
    case act::read_balance: {
        auto doing = look_at_balance(*who);
        co_return co_await std::move(doing);
    }
    default: co_await sleep_until(c_, c_.clock().now() + std::max(age(0), m.wake - age_now())); co_return happening::tick;
    }
}

task<happening> session::poll(const providers::account& who)
{
    auto asking = who.numbers->poll(p_.held->id, c_.clock().now() + who.read_timeout);
    auto news = co_await std::move(asking);
    ULAK_FAILPOINT("otp/polled");
    if (!news) {
        auto telling = troubles_.report_failure(who, "number.poll", news.error());
        co_await std::move(telling);
        const bool gone = news.error().code == errc::not_found && p_.held->machine.confirmations > 0;
        co_return gone ? happening::poll_ended : happening::poll_failed;
    }
    troubles_.report_success(who, "number.poll");
    switch (news->state) {
    case providers::number_status::sms_state::unreadable: co_return happening::poll_unreadable;
    case providers::number_status::sms_state::code:
        code_ = extract_code(s_, *news);
        ULAK_FAILPOINT("otp/code");
        co_return code_.empty() ? happening::poll_unreadable : happening::poll_code;
    case providers::number_status::sms_state::ended: co_return happening::poll_ended;
    default: co_return happening::poll_waiting;
    }
}

task<happening> session::cancel(const providers::account& who)
{
    ULAK_FAILPOINT("otp/cancel");
    auto asking = who.numbers->cancel(p_.held->id, c_.clock().now() + who.read_timeout);
    auto done = co_await std::move(asking);
    ULAK_FAILPOINT("otp/cancelled");
    if (done) {
        troubles_.report_success(who, "number.cancel");
        co_return happening::cancel_ok;
    }
    if (done.error().code != errc::denied_now) {
        auto telling = troubles_.report_failure(who, "number.cancel", done.error());
        co_await std::move(telling);
    }
    co_return done.error().how_far == reach::answered ? happening::cancel_refused : happening::cancel_failed;
}

task<happening> session::look_at_balance(const providers::account& who)
{
    auto reading = who.balances->balance(c_.clock().now() + who.read_timeout);
    auto now = co_await std::move(reading);
    if (!now) {
        auto telling = troubles_.report_failure(who, "balance", now.error());
        co_await std::move(telling);
    }
    if (!now || now->unit != p_.held->before->unit)
        co_return happening::refund_unknown;
    if (now->amount >= p_.held->before->amount)
        co_return happening::refund_seen;
    auto asking = no_other_charges_since(c_, who.name, p_.held->effect, p_.held->ordered_at);
    const bool quiet = co_await std::move(asking);
    co_return quiet ? happening::refund_absent : happening::refund_unknown;
}

/// Writes a turn down where the store has to know of it. False: the daemon stops before the disk took it.
task<bool> session::keep_turn(turn t, std::shared_ptr<providers::account> who)
{
    const state before = p_.held->machine;
    p_.held->machine = t.next;
    const bool same = before.at == t.next.at || t.next.at == stage::after_cancel || t.next.at == stage::last_look;
    if (same && !t.alarm && t.what != act::finish)
        co_return true;
    ledger::update_run state(c_.run().id);
    ledger::batch changes;
    if (t.alarm)
        changes = alarm(t.next.end, who->provider);
    if (t.what == act::finish) {
        const bool settled = t.next.end == fate::code || t.next.seen;
        if (settled && t.next.alarmed && !t.alarm) {
            auto closing = resolve_attention_changes(c_, p_.held->effect.text(), "done");
            auto closed = co_await std::move(closing);
            changes.insert(changes.end(), closed.begin(), closed.end());
        }
        const auto last = finish(t, state);
        changes.insert(changes.end(), last.begin(), last.end());
    }
    state.progress = json::serialize(to_json(p_));
    ULAK_FAILPOINT("otp/keep");
    auto keeping = c_.save_with_retry(std::move(state), std::move(changes));
    auto kept = co_await std::move(keeping);
    ULAK_FAILPOINT("otp/kept");
    co_return kept.has_value();
}

} // namespace ulak::kinds::otp
