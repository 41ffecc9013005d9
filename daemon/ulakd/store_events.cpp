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
                         "the disk takes what is written again; work goes on");
    return out;
}

} // namespace ulak::daemon
