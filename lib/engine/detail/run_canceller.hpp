// Cancels runs: under way, queued, or only stored.
#pragma once

#include "engine/detail/held_runs.hpp"
#include "engine/detail/runner.hpp"

namespace ulak::engine {

class run_canceller {
  public:
    /// All must outlive it.
    run_canceller(shared_state& shared, runner& runs, held_runs& held) : shared_(shared), runs_(runs), held_(held) {}

    /// A queued run ends at once. One under way is asked to end gracefully; the request is durable when this returns,
    /// and asking again changes nothing. One that waits because its account changed ends at once where nothing is open
    /// at the provider (`end_held`), and else when it goes on: `held_runs::why`. errc::conflict: it is final, or
    /// ending; errc::not_found; errc::unavailable.
    task<result<void>> cancel(run_id id);

  private:
    task<result<void>> cancel_running(active_ptr run);
    task<result<void>> cancel_queued(active_ptr run);
    task<result<void>> cancel_stored(run_id id);

    shared_state& shared_;
    runner& runs_;
    held_runs& held_;
};

} // namespace ulak::engine
