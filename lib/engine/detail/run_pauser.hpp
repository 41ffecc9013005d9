// Holds runs by hand, and lets them go on.
#pragma once

#include "engine/detail/runner.hpp"

namespace ulak::engine {

class run_pauser {
  public:
    run_pauser(shared_state& shared, runner& runs) : shared_(shared), runs_(runs) {}

    /// Durable when it returns: no call of the run is dispatched after that. Calls in flight come to their outcome.
    /// Asking again changes nothing. Errors:
    ///   not_found    there is no such run
    ///   conflict     it has ended, is ending, has not begun, or waits for reports alone
    ///   unsupported  its kind runs against a provider's clock
    ///   unavailable  the disk
    task<result<void>> pause(run_id id);
    /// It goes on, or waits for what it had waited for. errc::conflict: nobody holds it.
    task<result<void>> resume(run_id id);

  private:
    task<result<active_ptr>> find(run_id id);

    shared_state& shared_;
    runner& runs_;
};

} // namespace ulak::engine
