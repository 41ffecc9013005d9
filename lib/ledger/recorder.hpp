// Commits first, then tells: the one way in which events that matter reach logs and the control feed.
#pragma once

#include "async/clock.hpp"
#include "events/event.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

class recorder {
  public:
    /// References outlive the recorder.
    recorder(ledger& store, events::sink& out, const async::clock& time) : store_(store), sink_(out), clock_(time) {}

    /// Stamps the batch's events with the time, commits, and publishes them with their seq. On failure nothing is
    /// published.
    task<result<receipt>> commit(batch changes);

    /// An event of its own.
    task<result<void>> publish(events::event e);

    ledger& store() noexcept { return store_; }

  private:
    ledger& store_;
    events::sink& sink_;
    const async::clock& clock_;
};

} // namespace ulak::ledger
