#include "providers/account_health.hpp"

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

std::optional<account_health::state_change> account_health::change_state(breaker_state next, std::string reason,
                                                                         wall_point wall)
{
    const state_change c{next, state_};
    reason_ = std::move(reason);
    if (c.current == c.previous)
        return std::nullopt;
    state_ = next;
    since_ = wall;
    return c;
}

std::optional<account_health::state_change>
account_health::record(call_result what, std::string reason, async::steady_point now, wall_point wall, double random01)
{
    if (what == call_result::neutral)
        return std::nullopt;
    probing_ = false;
    failures_ = what == call_result::failure ? failures_ + 1 : 0;
    if (what == call_result::success) {
        login_refusals_ = 0;
        probe_delay_.reset();
        return change_state(breaker_state::ready, {}, wall);
    }
    if (what == call_result::login_refused) {
        probe_delay_.reset();
        const bool enough = ++login_refusals_ >= login_refusal_threshold || state_ == breaker_state::suspended;
        return change_state(enough ? breaker_state::suspended : breaker_state::ready, std::move(reason), wall);
    }
    // A failure says nothing about the login, so a suspended account stays suspended. Between probes only priority
    // calls go, and their failures do not delay the next probe.
    const bool between_probes = state_ == breaker_state::failing && now < next_probe_;
    if (state_ == breaker_state::suspended || between_probes || failures_ < failure_threshold)
        return std::nullopt;
    next_probe_ = now + probe_delay_.next(random01);
    return change_state(breaker_state::failing, std::move(reason), wall);
}

std::optional<account_health::state_change> account_health::reset(wall_point wall)
{
    if (state_ == breaker_state::suspended)
        login_refusals_ = login_refusal_threshold - 1;
    if (state_ == breaker_state::failing)
        failures_ = failure_threshold - 1;
    probe_delay_.reset();
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
