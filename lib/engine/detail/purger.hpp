// Wipes what may not be kept: secrets of results soon, recipients and runs after their time.
#pragma once

#include "engine/detail/held_runs.hpp"
#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

class purger {
  public:
    /// Both references must outlive it.
    purger(shared_state& shared, const held_runs& held) : shared_(shared), held_(held) {}

    /// Until the engine stops. Purges all a minute after the start and once a day; secrets every minute while a run has
    /// ended lately. A disk that refuses is asked again at the next round. Nothing while the clock is in doubt.
    task<> loop();

  private:
    ledger::purge due_purge(bool all) const;
    task<> purge(bool all);

    shared_state& shared_;
    const held_runs& held_;
};

} // namespace ulak::engine
