// Commits first, then publishes: the only way in which events that matter reach logs and the control feed.
#pragma once

#include "async/clock.hpp"
#include "events/event.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

/// Guarantees that nobody sees an event that is not on disk.
class recorder {
  public:
    /// All three references must outlive the recorder.
    recorder(ledger& store, events::sink& out, const async::clock& time) : store_(store), sink_(out), clock_(time) {}

    /// Stamps the batch's events with the time, commits, and publishes them with their seq. On failure nothing is
    /// published.
    task<result<receipt>> commit(batch changes);

    /// Commits and publishes an event that belongs to no other change.
    task<result<void>> publish(events::event e);

    ledger& store() noexcept { return store_; }

  private:
    ledger& store_;
    events::sink& sink_;
    const async::clock& clock_;
};

} // namespace ulak::ledger
