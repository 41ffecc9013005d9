// Forgets what may not be kept: codes soon, recipients and runs after their time.
#pragma once

#include "engine/core.hpp"

namespace ulak::engine {

class sweeper {
  public:
    explicit sweeper(core& c) : core_(c) {}

    /// Until the engine stops. Sweeps a minute after the start and once a day; codes every minute while a run ended
    /// lately.
    task<> loop();

  private:
    ledger::purge what_is_due(bool all) const;
    task<> sweep(bool all);

    core& core_;
};

} // namespace ulak::engine
