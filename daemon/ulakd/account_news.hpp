// What accounts say of themselves, on its way into the store and from there to all who listen.
#pragma once

#include "async/task_group.hpp"
#include "ledger/recorder.hpp"

#include <utility>

namespace ulak::daemon {

class account_news final : public events::sink {
  public:
    /// All outlive it. `otherwise` gets what the store does not take.
    account_news(ledger::recorder& record, events::sink& otherwise, async::task_group& crew)
        : record_(record), otherwise_(otherwise), crew_(crew)
    {}

    void publish(const events::event& e) override { crew_.spawn("account news", keep(e)); }

  private:
    task<> keep(events::event e)
    {
        events::event copy = e;
        auto told = co_await record_.publish(std::move(copy));
        if (!told)
            otherwise_.publish(e);
    }

    ledger::recorder& record_;
    events::sink& otherwise_;
    async::task_group& crew_;
};

} // namespace ulak::daemon
