// A piece of work for the store's thread. Private to the module.
#pragma once

#include "ledger/detail/batch_applier.hpp"
#include "ledger/detail/work_rank.hpp"

#include <memory>
#include <vector>

namespace ulak::ledger {

class store;

/// Work with a coroutine that waits for it. Made and destroyed on the loop, so that what one thread allocates is not
/// freed by the other.
class work {
  public:
    explicit work(work_rank rank) noexcept : rank_(rank) {}
    virtual ~work() = default;

    work_rank rank() const noexcept { return rank_; }
    /// The batch of a commit; null for everything else, for which `perform` is called.
    virtual const batch* changes() const noexcept { return nullptr; }
    /// On the store's thread, after the commits of the same turn. False: it was broken off for something more
    /// important, and is to be performed again.
    virtual bool perform(store&) { return true; }
    /// On the store's thread: what became of the batch.
    virtual void committed(result<batch_result>) {}
    /// On the loop: the waiter goes on with the result; the work is over.
    virtual void complete() = 0;

  private:
    work_rank rank_;
};

using work_ptr = std::unique_ptr<work>;
using work_list = std::vector<work_ptr>;

} // namespace ulak::ledger
