#include "ulakd/store_events.hpp"

#include "events/event_names.hpp"

namespace ulak::daemon {

std::vector<events::event> store_events(const ledger::store_health& before, const ledger::store_health& now)
{
    std::vector<events::event> out;
    if (!now.held.empty() && before.held.empty())
        out.emplace_back(events::store_held, events::level::error, now.held);
    if (!now.blocked.empty() && before.blocked.empty())
        out.emplace_back(events::store_blocked, events::level::error, "nothing costly is sent: " + now.blocked);
    if (now.blocked.empty() && !before.blocked.empty())
        out.emplace_back(events::store_resumed, events::level::notice,
                         "the store takes what is written again; work goes on");
    return out;
}

events::event store_created_event(const std::string& state_dir)
{
    return events::event(events::store_created, events::level::notice,
                         "a new store was made in " + state_dir +
                             "; it knows of no opt-out, budget or open number from before");
}

} // namespace ulak::daemon
