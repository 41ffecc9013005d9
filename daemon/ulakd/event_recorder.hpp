// Events that come from outside a run, on their way into the store and from there to all who listen.
#pragma once

#include "async/task_group.hpp"
#include "ledger/recorder.hpp"

namespace ulak::daemon {

/// A sink that records each event in the store, which then publishes it. What the store does not take, such as on a
/// full disk, goes to `fallback` directly, so that the log and the feed learn of it all the same.
class event_recorder final : public events::sink {
  public:
    /// All outlive the recorder; `tasks` also runs what `publish` begins.
    event_recorder(ledger::recorder& recorder, events::sink& fallback, async::task_group& tasks)
        : recorder_(recorder), fallback_(fallback), tasks_(tasks)
    {}

    void publish(const events::event& e) override;

  private:
    task<> record(events::event e);

    ledger::recorder& recorder_;
    events::sink& fallback_;
    async::task_group& tasks_;
};

} // namespace ulak::daemon
