#include "providers/detail/health_event.hpp"

#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::providers {
namespace {

const char* event_name(const account_health::state_change& change) noexcept
{
    switch (change.current) {
    case breaker_state::failing: return events::account_failing;
    case breaker_state::suspended: return events::account_suspended;
    case breaker_state::ready: break;
    }
    return change.previous == breaker_state::failing ? events::account_recovered : events::account_resumed;
}

events::level level_of(breaker_state s) noexcept
{
    switch (s) {
    case breaker_state::failing: return events::level::warning;
    case breaker_state::suspended: return events::level::error;
    case breaker_state::ready: break;
    }
    return events::level::info;
}

std::string text_of(const account_health& health, const account_health::state_change& change, async::steady_point now)
{
    switch (change.current) {
    case breaker_state::failing:
        return " is failing: " + std::to_string(health.failures()) +
               " calls in a row had no sound answer; the next try is in " + seconds_text(health.next_probe() - now);
    case breaker_state::suspended:
        return " is suspended: its login was refused " + std::to_string(account_health::login_refusal_threshold) +
               " times in a row; mend its secret and restart";
    case breaker_state::ready: break;
    }
    return change.previous == breaker_state::failing ? " answers again" : " is used again";
}

} // namespace

events::event health_event(const retry_policy& policy, const account_health::state_change& change,
                           async::steady_point now)
{
    events::event e(event_name(change), level_of(change.current),
                    "account " + policy.account + text_of(*policy.health, change, now));
    e.account = policy.account;
    e.provider = policy.provider;
    if (change.current != breaker_state::ready)
        e.data["reason"] = policy.health->reason();
    return e;
}

std::string seconds_text(async::steady_point::duration d)
{
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(std::max(d, d.zero())).count()) + " s";
}

} // namespace ulak::providers
