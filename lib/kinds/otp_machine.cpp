#include "kinds/otp_machine.hpp"

#include <algorithm>
#include <cmath>

namespace ulak::kinds::otp {
namespace {

turn sleep(state s, age until)
{
    s.wake = until;
    return {s, act::sleep};
}

turn finish(state s, fate f)
{
    s.at = stage::done;
    s.end = f;
    return {s, act::finish};
}

/// With the alarm, unless it was raised before.
turn finish_at_risk(state s, fate f)
{
    turn t = finish(s, f);
    t.alarm = !s.alarmed;
    t.next.alarmed = true;
    return t;
}

turn poll(state s, stage at)
{
    s.at = at;
    return {s, act::poll};
}

/// 3, 4.5, 6.75 … up to the maximum.
age poll_pause(const rules& r, int polls)
{
    const double grown = static_cast<double>(r.poll_first.count()) * std::pow(1.5, std::min(polls, 30));
    return std::min(r.poll_max, age(static_cast<age::rep>(grown)));
}

age cancel_pause(int cancels)
{
    return std::min(longest_cancel_pause, first_cancel_pause * (1 << std::clamp(cancels - 1, 0, 4)));
}

turn got_code(const rules& r, state s, age now)
{
    s.late = now > r.code_wait;
    return finish(s, fate::code);
}

turn ended(const rules& r, state s, age now)
{
    if (r.verifiable) {
        s.at = stage::verifying;
        s.verifying_since = now;
        return {s, act::read_balance};
    }
    return finish(s, r.can_cancel || s.confirmations > 0 ? fate::returned : fate::ended);
}

/// What follows a look that showed no code, once nobody wants to wait for it any longer.
turn give_up(const rules& r, state s, age now)
{
    if (!r.can_cancel) {
        if (s.by_person || now >= number_lives)
            return finish_at_risk(s, fate::expired);
        s.at = stage::watching;
        return sleep(s, std::min(number_lives, now + r.poll_max * 3));
    }
    if (now < r.not_before) {
        s.at = stage::retrying;
        return sleep(s, r.not_before);
    }
    s.at = stage::cancelling;
    return {s, act::cancel};
}

/// The look after a cancel showed that the number is still there, or showed nothing.
turn still_there(const rules& r, state s, happening h, age now)
{
    if (s.confirmations >= 2 && h == happening::poll_waiting) // said yes twice: the poll only lags behind
        return ended(r, s, now);
    if (now >= number_lives)
        return finish_at_risk(s, fate::expired);
    const bool alarm = now >= r.free_until && !s.alarmed && s.confirmations == 0;
    age next = now + (s.confirmations > 0 ? before_window_closes : cancel_pause(s.cancels));
    const age last_chance = r.free_until - before_window_closes;
    if (now < last_chance && next > last_chance)
        next = last_chance;
    s.at = stage::retrying;
    s.alarmed = s.alarmed || alarm;
    turn t = sleep(s, next);
    t.alarm = alarm;
    return t;
}

/// The SMS has come, so no cancel would be granted; what can be lost is the code.
turn hidden_code(const rules& r, state s, age now)
{
    if (++s.unreadable > most_unreadable)
        return finish_at_risk(s, fate::unreadable);
    if (s.at != stage::waiting && s.at != stage::watching)
        s.at = stage::retrying;
    return sleep(s, now + poll_pause(r, s.unreadable - 1));
}

turn after_poll(const rules& r, state s, happening h, age now)
{
    if (h == happening::poll_code)
        return got_code(r, s, now);
    if (h == happening::poll_ended)
        return ended(r, s, now);
    ++s.polls;
    if (h == happening::poll_unreadable)
        return hidden_code(r, s, now);
    if (h == happening::poll_waiting)
        s.unreadable = 0;
    switch (s.at) {
    case stage::waiting:
        if (s.by_person || now >= r.code_wait)
            return give_up(r, s, now);
        return sleep(s, std::min(r.code_wait, now + poll_pause(r, h == happening::poll_failed ? 30 : s.polls - 1)));
    case stage::after_cancel: return still_there(r, s, h, now);
    default: return give_up(r, s, now);
    }
}

turn after_refund_look(state s, happening h, age now)
{
    s.seen = h == happening::refund_seen;
    if (s.seen)
        return finish(s, fate::returned);
    const age so_far = now - s.verifying_since;
    if (so_far < refund_shows_within)
        return sleep(s, std::min(s.verifying_since + refund_shows_within, now + std::max(age(5000), so_far)));
    if (h == happening::refund_absent)
        return finish_at_risk(s, fate::refund_missing);
    return finish(s, fate::returned); // the balance does not tell; the provider's word stands
}

/// The next thing to do for a stage that was asleep or was just taken up again.
turn go_on(state s)
{
    switch (s.at) {
    case stage::waiting:
    case stage::watching: return poll(s, s.at);
    case stage::verifying: return {s, act::read_balance};
    case stage::done: return {s, act::finish};
    default: return poll(s, stage::last_look);
    }
}

} // namespace

turn step(const rules& r, state s, happening h, age now)
{
    if (s.at == stage::done)
        return {s, act::finish};
    switch (h) {
    case happening::resumed: return go_on(s);
    case happening::tick: return now < s.wake ? sleep(s, s.wake) : go_on(s);
    case happening::cancel_asked: {
        const bool known = s.by_person;
        s.by_person = true;
        if (!known && (s.at == stage::waiting || s.at == stage::watching))
            return poll(s, stage::last_look);
        return s.at == stage::retrying || s.at == stage::verifying ? sleep(s, s.wake) : go_on(s);
    }
    case happening::poll_waiting:
    case happening::poll_code:
    case happening::poll_ended:
    case happening::poll_unreadable:
    case happening::poll_failed: return after_poll(r, s, h, now);
    case happening::cancel_ok: ++s.confirmations; [[fallthrough]];
    case happening::cancel_refused:
    case happening::cancel_failed: ++s.cancels; return poll(s, stage::after_cancel);
    default: return after_refund_look(s, h, now);
    }
}

} // namespace ulak::kinds::otp
