#include "kinds/number_machine.hpp"

#include <algorithm>
#include <cmath>

namespace ulak::kinds::otp {
namespace {

transition sleep(state s, age until)
{
    s.wake_at = until;
    return {s, action::sleep};
}

transition finish(state s, outcome f)
{
    s.at = stage::done;
    s.ended_as = f;
    return {s, action::finish};
}

/// With the alarm, unless it was raised before.
transition finish_at_risk(state s, outcome f)
{
    transition t = finish(s, f);
    t.alarm = !s.alarm_raised;
    t.next_state.alarm_raised = true;
    return t;
}

transition poll(state s, stage at)
{
    s.at = at;
    return {s, action::poll};
}

/// 3, 4.5, 6.75 … up to the maximum.
age poll_interval(const rules& r, int polls)
{
    const double grown = static_cast<double>(r.poll_first.count()) * std::pow(1.5, std::min(polls, 30));
    return std::min(r.poll_max, age(static_cast<age::rep>(grown)));
}

age cancel_retry_interval(int cancels)
{
    return std::min(longest_cancel_retry, first_cancel_retry * (1 << std::clamp(cancels - 1, 0, 4)));
}

transition code_received(const rules& r, state s, age now)
{
    s.code_late = now > r.code_wait;
    return finish(s, outcome::code);
}

transition ended_by_provider(const rules& r, state s, age now)
{
    if (r.refund_verifiable) {
        s.at = stage::verifying_refund;
        s.verifying_since = now;
        return {s, action::read_balance};
    }
    return finish(s, r.can_cancel || s.cancels_confirmed > 0 ? outcome::refunded : outcome::ended_by_provider);
}

/// What follows a look that showed no code, once nobody wants to wait for it any longer.
transition give_up(const rules& r, state s, age now)
{
    if (!r.can_cancel) {
        if (s.cancel_requested || now >= number_lifetime)
            return finish_at_risk(s, outcome::expired);
        s.at = stage::watching;
        return sleep(s, std::min(number_lifetime, now + r.poll_max * 3));
    }
    if (now < r.not_before) {
        s.at = stage::retrying;
        return sleep(s, r.not_before);
    }
    s.at = stage::cancelling;
    return {s, action::cancel};
}

/// The look after a cancel showed that the number is still there, or showed nothing.
transition still_open(const rules& r, state s, event h, age now)
{
    if (s.cancels_confirmed >= 2 && h == event::poll_waiting) // said yes twice: the poll only lags behind
        return ended_by_provider(r, s, now);
    if (now >= number_lifetime)
        return finish_at_risk(s, outcome::expired);
    const bool alarm = now >= r.free_until && !s.alarm_raised && s.cancels_confirmed == 0;
    age next = now + (s.cancels_confirmed > 0 ? last_cancel_margin : cancel_retry_interval(s.cancels));
    const age last_chance = r.free_until - last_cancel_margin;
    if (now < last_chance && next > last_chance)
        next = last_chance;
    s.at = stage::retrying;
    s.alarm_raised = s.alarm_raised || alarm;
    transition t = sleep(s, next);
    t.alarm = alarm;
    return t;
}

/// The SMS has come, so no cancel would be granted; what can be lost is the code.
transition code_unreadable(const rules& r, state s, age now)
{
    if (++s.unreadable_polls > max_unreadable_polls)
        return finish_at_risk(s, outcome::code_unreadable);
    if (s.at != stage::waiting && s.at != stage::watching)
        s.at = stage::retrying;
    return sleep(s, now + poll_interval(r, s.unreadable_polls - 1));
}

transition after_poll(const rules& r, state s, event h, age now)
{
    if (h == event::poll_code)
        return code_received(r, s, now);
    if (h == event::poll_ended)
        return ended_by_provider(r, s, now);
    ++s.polls;
    if (h == event::poll_unreadable)
        return code_unreadable(r, s, now);
    if (h == event::poll_waiting)
        s.unreadable_polls = 0;
    switch (s.at) {
    case stage::waiting:
        if (s.cancel_requested || now >= r.code_wait)
            return give_up(r, s, now);
        return sleep(s, std::min(r.code_wait, now + poll_interval(r, h == event::poll_failed ? 30 : s.polls - 1)));
    case stage::poll_after_cancel: return still_open(r, s, h, now);
    default: return give_up(r, s, now);
    }
}

transition after_balance_read(state s, event h, age now)
{
    s.refund_seen = h == event::refund_seen;
    if (s.refund_seen)
        return finish(s, outcome::refunded);
    const age so_far = now - s.verifying_since;
    if (so_far < refund_visible_within)
        return sleep(s, std::min(s.verifying_since + refund_visible_within, now + std::max(age(5000), so_far)));
    if (h == event::refund_absent)
        return finish_at_risk(s, outcome::refund_missing);
    return finish(s, outcome::refunded); // the balance does not tell; the provider's word stands
}

/// The next thing to do for a stage that was asleep or was just taken up again.
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

transition step(const rules& r, state s, event h, age now)
{
    if (s.at == stage::done)
        return {s, action::finish};
    switch (h) {
    case event::resumed: return resume(s);
    case event::woke: return now < s.wake_at ? sleep(s, s.wake_at) : resume(s);
    case event::cancel_requested: {
        const bool known = s.cancel_requested;
        s.cancel_requested = true;
        if (!known && (s.at == stage::waiting || s.at == stage::watching))
            return poll(s, stage::poll_before_cancel);
        return s.at == stage::retrying || s.at == stage::verifying_refund ? sleep(s, s.wake_at) : resume(s);
    }
    case event::poll_waiting:
    case event::poll_code:
    case event::poll_ended:
    case event::poll_unreadable:
    case event::poll_failed: return after_poll(r, s, h, now);
    case event::cancel_confirmed: ++s.cancels_confirmed; [[fallthrough]];
    case event::cancel_refused:
    case event::cancel_failed: ++s.cancels; return poll(s, stage::poll_after_cancel);
    default: return after_balance_read(s, h, now);
    }
}

} // namespace ulak::kinds::otp
