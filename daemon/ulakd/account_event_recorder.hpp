// What accounts say of themselves, on its way into the store and from there to all who listen.
#pragma once

#include "async/task_group.hpp"
#include "ledger/recorder.hpp"

#include <utility>

namespace ulak::daemon {

class account_event_recorder final : public events::sink {
  public:
    /// All outlive it. `otherwise` gets what the store does not take.
    account_event_recorder(ledger::recorder& record, events::sink& otherwise, async::task_group& crew)
        : recorder_(record), fallback_(otherwise), tasks_(crew)
    {}

    void publish(const events::event& e) override { tasks_.spawn("account news", record(e)); }

  private:
    task<> record(events::event e)
    {
        events::event copy = e;
        auto told = co_await recorder_.publish(std::move(copy));
        if (!told)
            fallback_.publish(e);
    }

    ledger::recorder& recorder_;
    events::sink& fallback_;
    async::task_group& tasks_;
};

} // namespace ulak::daemon
