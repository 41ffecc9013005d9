#include "kinds/otp_acquire/number_machine.hpp"

#include "async/backoff.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace ulak::kinds::otp {
namespace {

/// Between two reads of the balance.
constexpr age shortest_balance_pause = std::chrono::seconds(5);
/// Polls grow up to the maximum long before this; the power stays finite.
constexpr int max_poll_growth = 30;

constexpr std::array<std::string_view, 14> event_names{
    "resumed",       "woke",        "cancel_requested", "poll_waiting",     "poll_code",
    "poll_ended",    "poll_failed", "poll_unreadable",  "cancel_confirmed", "cancel_refused",
    "cancel_failed", "refund_seen", "refund_absent",    "refund_unknown"};
constexpr std::array<std::string_view, 5> action_names{"poll", "cancel", "read_balance", "sleep", "finish"};

transition sleep(state s, age until)
{
    s.wake_at = until;
    return {s, action::sleep};
}

transition finish(state s, outcome o)
{
    s.at = stage::done;
    s.ended_as = o;
    return {s, action::finish};
}

/// Finishes with the alarm, unless it was raised before.
transition finish_at_risk(state s, outcome o)
{
    transition t = finish(s, o);
    t.alarm = !s.alarm_raised;
    t.next_state.alarm_raised = true;
    return t;
}

transition poll(state s, stage at)
{
    s.at = at;
    return {s, action::poll};
}

/// 3, 4.5, 6.75 … seconds up to the maximum. async::backoff would round half a millisecond up.
age poll_interval(const rules& r, int polls)
{
    const double grown = static_cast<double>(r.poll_first.count()) * std::pow(1.5, std::min(polls, max_poll_growth));
    return std::min(r.poll_max, age(static_cast<age::rep>(grown)));
}

age cancel_retry_interval(int cancels)
{
    const auto repeats = static_cast<unsigned>(std::max(cancels - 1, 0));
    return async::backoff(first_cancel_retry, 2, longest_cancel_retry, 0).wait_before(repeats);
}

/// When sleeps that count on the smaller age come to this larger one.
age when_most_is(age limit, age_range now)
{
    return now.least + (limit - now.most);
}

age last_chance(const rules& r)
{
    return r.free_until - last_cancel_margin;
}

transition code_received(const rules& r, state s, age_range now)
{
    s.code_late = now.least > r.code_wait;
    return finish(s, outcome::code);
}

transition ended_by_provider(const rules& r, state s, age_range now)
{
    if (r.refund_verifiable) {
        s.at = stage::verifying_refund;
        s.verifying_since = now.least;
        return {s, action::read_balance};
    }
    return finish(s, r.can_cancel || s.cancels_confirmed > 0 ? outcome::refunded : outcome::ended_by_provider);
}

/// After a poll without a code, when nobody waits for the code any longer.
transition give_up(const rules& r, state s, age_range now)
{
    if (!r.can_cancel) {
        if (s.cancel_requested || now.least >= number_lifetime)
            return finish_at_risk(s, outcome::expired);
        s.at = stage::watching;
        return sleep(s, std::min(number_lifetime, now.least + r.poll_max * 3));
    }
    const bool exact = now.least == now.most;
    if (now.least < r.not_before && (exact || now.most < last_chance(r))) {
        s.at = stage::retrying;
        return sleep(s, exact ? r.not_before : std::min(r.not_before, when_most_is(last_chance(r), now)));
    }
    s.at = stage::cancelling;
    return {s, action::cancel};
}

/// The poll after a cancel shows that the number is still open, or fails.
transition still_open(const rules& r, state s, event e, age_range now)
{
    if (s.cancels_confirmed >= 2 && e == event::poll_waiting) // confirmed twice: the poll only lags behind
        return ended_by_provider(r, s, now);
    if (now.least >= number_lifetime)
        return finish_at_risk(s, outcome::expired);
    const bool alarm = now.most >= r.free_until && !s.alarm_raised && s.cancels_confirmed == 0;
    age next = now.least + (s.cancels_confirmed > 0 ? last_cancel_margin : cancel_retry_interval(s.cancels));
    if (now.most < last_chance(r))
        next = std::min(next, when_most_is(last_chance(r), now));
    s.at = stage::retrying;
    s.alarm_raised = s.alarm_raised || alarm;
    transition t = sleep(s, next);
    t.alarm = alarm;
    return t;
}

/// The SMS has arrived, so the provider grants no cancel any more; what can be lost is the code.
transition code_unreadable(const rules& r, state s, age_range now)
{
    if (++s.unreadable_polls > max_unreadable_polls)
        return finish_at_risk(s, outcome::code_unreadable);
    if (s.at != stage::waiting && s.at != stage::watching)
        s.at = stage::retrying;
    return sleep(s, now.least + poll_interval(r, s.unreadable_polls - 1));
}

transition after_poll(const rules& r, state s, event e, age_range now)
{
    if (e == event::poll_code)
        return code_received(r, s, now);
    if (e == event::poll_ended)
        return ended_by_provider(r, s, now);
    ++s.polls;
    if (e == event::poll_unreadable)
        return code_unreadable(r, s, now);
    if (e == event::poll_waiting)
        s.unreadable_polls = 0;
    switch (s.at) {
    case stage::waiting:
        if (s.cancel_requested || now.most >= r.code_wait)
            return give_up(r, s, now);
        return sleep(s,
                     std::min(when_most_is(r.code_wait, now),
                              now.least + poll_interval(r, e == event::poll_failed ? max_poll_growth : s.polls - 1)));
    case stage::poll_after_cancel: return still_open(r, s, e, now);
    default: return give_up(r, s, now);
    }
}

transition after_balance_read(state s, event e, age now)
{
    s.refund_seen = e == event::refund_seen;
    if (s.refund_seen)
        return finish(s, outcome::refunded);
    const age waited = now - s.verifying_since;
    if (waited < refund_visible_within)
        return sleep(
            s, std::min(s.verifying_since + refund_visible_within, now + std::max(shortest_balance_pause, waited)));
    if (e == event::refund_absent)
        return finish_at_risk(s, outcome::refund_missing);
    return finish(s, outcome::refunded); // the balance proves nothing: the provider's word stands
}

/// Goes on after a sleep or a restart. A cancel that was under way counts as unanswered.
transition resume(state s)
{
    switch (s.at) {
    case stage::waiting:
    case stage::watching: return poll(s, s.at);
    case stage::verifying_refund: return {s, action::read_balance};
    case stage::done: return {s, action::finish};
    default: return poll(s, stage::poll_before_cancel);
    }
}

} // namespace

transition step(const rules& r, state s, event e, age_range now)
{
    if (s.at == stage::done)
        return {s, action::finish};
    switch (e) {
    case event::resumed: return resume(s);
    case event::woke: return now.least < s.wake_at ? sleep(s, s.wake_at) : resume(s);
    case event::cancel_requested: {
        const bool repeated = s.cancel_requested;
        s.cancel_requested = true;
        if (!repeated && (s.at == stage::waiting || s.at == stage::watching))
            return poll(s, stage::poll_before_cancel);
        return s.at == stage::retrying || s.at == stage::verifying_refund ? sleep(s, s.wake_at) : resume(s);
    }
    case event::poll_waiting:
    case event::poll_code:
    case event::poll_ended:
    case event::poll_unreadable:
    case event::poll_failed: return after_poll(r, s, e, now);
    case event::cancel_confirmed: ++s.cancels_confirmed; [[fallthrough]];
    case event::cancel_refused:
    case event::cancel_failed: ++s.cancels; return poll(s, stage::poll_after_cancel);
    default: return after_balance_read(s, e, now.least);
    }
}

bool must_be_stored(stage before, const transition& t)
{
    const stage now = t.next_state.at;
    const bool same = now == before || now == stage::poll_after_cancel || now == stage::poll_before_cancel;
    return !same || t.alarm || t.next_action == action::finish;
}

std::ostream& operator<<(std::ostream& out, event e)
{
    return out << event_names[static_cast<std::size_t>(e)];
}

std::ostream& operator<<(std::ostream& out, action a)
{
    return out << action_names[static_cast<std::size_t>(a)];
}

} // namespace ulak::kinds::otp
