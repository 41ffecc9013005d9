// Who carries out the work of a ledger. Private to the module.
#pragma once

#include "ledger/detail/work.hpp"

namespace ulak::ledger {

/// A queue of work before a store: the writer thread, or in tests one that runs on the loop.
class writer {
  public:
    /// Carries out what is queued.
    virtual ~writer() = default;
    /// Takes work from the loop's thread; carries it out in its order, commits before reads of the same turn.
    virtual void push(work_ptr w) = 0;
};

} // namespace ulak::ledger
