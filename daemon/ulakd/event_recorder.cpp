#include "ulakd/event_recorder.hpp"

namespace ulak::daemon {

void event_recorder::publish(const events::event& e)
{
    tasks_.spawn("record event", record(e));
}

task<> event_recorder::record(events::event e)
{
    events::event copy = e;
    const auto recorded = co_await recorder_.publish(std::move(copy));
    if (!recorded)
        fallback_.publish(e);
}

} // namespace ulak::daemon
