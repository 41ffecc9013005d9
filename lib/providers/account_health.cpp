#include "providers/account_health.hpp"

#include <algorithm>
#include <cmath>

namespace ulak::providers {

std::string_view name(breaker_state s) noexcept
{
    switch (s) {
    case breaker_state::ready: return "ready";
    case breaker_state::failing: return "failing";
    case breaker_state::suspended: return "suspended";
    }
    return "ready";
}

std::optional<account_health::state_change> account_health::change_state(breaker_state next, std::string why, wall_point wall)
{
    const state_change c{next, state_};
    reason_ = std::move(why);
    if (c.current == c.previous)
        return std::nullopt;
    state_ = next;
    since_ = wall;
    return c;
}

// At least three quarters of the rest, so that many accounts of one provider do not come back together.
void account_health::schedule_probe(async::steady_point now, double random01)
{
    const double spread = 0.75 + 0.25 * std::clamp(random01, 0.0, 1.0);
    next_probe_ = now + std::chrono::milliseconds(std::llround(static_cast<double>(probe_delay_.count()) * spread));
    probe_delay_ = std::min(probe_delay_ * 2, longest_probe_delay);
}

std::optional<account_health::state_change> account_health::record(call_result what, std::string why, async::steady_point now, wall_point wall,
                                           double random01)
{
    if (what == call_result::neutral)
        return std::nullopt;
    probing_ = false;
    failures_ = what == call_result::failure ? failures_ + 1 : 0;
    if (what == call_result::success) {
        login_refusals_ = 0;
        probe_delay_ = first_probe_delay;
        return change_state(breaker_state::ready, {}, wall);
    }
    if (what == call_result::login_refused) {
        probe_delay_ = first_probe_delay;
        const bool enough = ++login_refusals_ >= login_refusal_threshold || state_ == breaker_state::suspended;
        return change_state(enough ? breaker_state::suspended : breaker_state::ready, std::move(why), wall);
    }
    // What breaks says nothing about the login: a suspended account stays so. And a rest is not made longer by those
    // who do not keep it.
    const bool resting = state_ == breaker_state::failing && now < next_probe_;
    if (state_ == breaker_state::suspended || resting || failures_ < failure_threshold)
        return std::nullopt;
    schedule_probe(now, random01);
    return change_state(breaker_state::failing, std::move(why), wall);
}

std::optional<account_health::state_change> account_health::reset(wall_point wall)
{
    if (state_ == breaker_state::suspended)
        login_refusals_ = login_refusal_threshold - 1;
    if (state_ == breaker_state::failing)
        failures_ = failure_threshold - 1;
    probe_delay_ = first_probe_delay;
    probing_ = false;
    return change_state(breaker_state::ready, {}, wall);
}

bool account_health::try_begin_probe(async::steady_point now) noexcept
{
    if (probing_ || now < next_probe_)
        return false;
    probing_ = true;
    return true;
}

} // namespace ulak::providers
