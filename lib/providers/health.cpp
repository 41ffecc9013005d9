#include "providers/health.hpp"

#include <algorithm>
#include <cmath>

namespace ulak::providers {

std::string_view name(standing s) noexcept
{
    switch (s) {
    case standing::ready: return "ready";
    case standing::failing: return "failing";
    case standing::suspended: return "suspended";
    }
    return "ready";
}

std::optional<health::change> health::become(standing next, std::string why, wall_point wall)
{
    const change c{next, standing_};
    why_ = std::move(why);
    if (c.now == c.before)
        return std::nullopt;
    standing_ = next;
    since_ = wall;
    return c;
}

// At least three quarters of the rest, so that many accounts of one provider do not come back together.
void health::rest(async::steady_point now, double random01)
{
    const double spread = 0.75 + 0.25 * std::clamp(random01, 0.0, 1.0);
    next_probe_ = now + std::chrono::milliseconds(std::llround(static_cast<double>(rest_.count()) * spread));
    rest_ = std::min(rest_ * 2, longest_rest);
}

std::optional<health::change> health::note(omen what, std::string why, async::steady_point now, wall_point wall,
                                           double random01)
{
    if (what == omen::silent)
        return std::nullopt;
    probing_ = false;
    failures_ = what == omen::broken ? failures_ + 1 : 0;
    if (what == omen::good) {
        login_refusals_ = 0;
        rest_ = first_rest;
        return become(standing::ready, {}, wall);
    }
    if (what == omen::login_refused) {
        rest_ = first_rest;
        const bool enough = ++login_refusals_ >= most_login_refusals || standing_ == standing::suspended;
        return become(enough ? standing::suspended : standing::ready, std::move(why), wall);
    }
    // What breaks says nothing about the login: a suspended account stays so. And a rest is not made longer by those
    // who do not keep it.
    const bool resting = standing_ == standing::failing && now < next_probe_;
    if (standing_ == standing::suspended || resting || failures_ < most_failures)
        return std::nullopt;
    rest(now, random01);
    return become(standing::failing, std::move(why), wall);
}

std::optional<health::change> health::give_another_chance(wall_point wall)
{
    if (standing_ == standing::suspended)
        login_refusals_ = most_login_refusals - 1;
    if (standing_ == standing::failing)
        failures_ = most_failures - 1;
    rest_ = first_rest;
    probing_ = false;
    return become(standing::ready, {}, wall);
}

bool health::may_probe(async::steady_point now) noexcept
{
    if (probing_ || now < next_probe_)
        return false;
    probing_ = true;
    return true;
}

} // namespace ulak::providers
