// Cancels runs: under way, queued, or only stored.
#pragma once

#include "engine/detail/runner.hpp"

namespace ulak::engine {

class run_canceller {
  public:
    run_canceller(shared_state& shared, runner& runs) : shared_(shared), runs_(runs) {}

    /// A queued run ends at once. One under way is asked to end gracefully; the request is durable when this returns,
    /// and asking again changes nothing. errc::conflict: it is final, or ending; errc::not_found; errc::unavailable.
    task<result<void>> cancel(run_id id);

  private:
    task<result<void>> cancel_running(active_ptr run);
    task<result<void>> cancel_queued(active_ptr run);
    task<result<void>> cancel_stored(run_id id);

    shared_state& shared_;
    runner& runs_;
};

} // namespace ulak::engine
