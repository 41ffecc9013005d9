#include "providers/account.hpp"

#include "events/event_names.hpp"

namespace ulak::providers {

std::optional<events::event> reset_breaker(account& a, wall_point now)
{
    const auto changed = a.health->reset(now);
    if (!changed)
        return std::nullopt;
    const bool suspended = changed->previous == breaker_state::suspended;
    events::event e(suspended ? events::account_resumed : events::account_recovered, events::level::info,
                    "account " + a.name + " is tried again");
    e.account = a.name;
    e.provider = a.provider;
    return e;
}

} // namespace ulak::providers
