// Forgets what may not be kept: codes soon, recipients and runs after their time.
#pragma once

#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

class purger {
  public:
    explicit purger(shared_state& c) : shared_(c) {}

    /// Until the engine stops. Sweeps a minute after the start and once a day; codes every minute while a run ended
    /// lately.
    task<> loop();

  private:
    ledger::purge due_purge(bool all) const;
    task<> purge(bool all);

    shared_state& shared_;
};

} // namespace ulak::engine
