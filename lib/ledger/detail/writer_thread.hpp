// Where the store's work runs: on a thread of its own, or for tests inline on the loop. Private to the room.
#pragma once

#include "async/task.hpp"
#include "ledger/detail/store.hpp"

#include <memory>
#include <vector>

namespace ulak::ledger {

/// A piece of work with someone who waits for it. Made and ended on the loop, so that what one thread allocates is not
/// freed by the other.
class work {
  public:
    virtual ~work() = default;
    virtual const batch* changes() const noexcept { return nullptr; } ///< of a commit; else `perform` is called
    virtual void perform(store&) {}
    virtual void committed(result<batch_result>) {}
    /// On the loop: the waiter goes on; the job is over.
    virtual void complete() = 0;
};

using work_ptr = std::unique_ptr<work>;

/// The batch's events with their numbers, or why there are none.
result<receipt> make_receipt(batch changes, const result<batch_result>& made);

/// Carries out a queue of jobs: all commits first, in groups of one transaction each, then the questions. Whoever sees
/// its outcome, posted to `loop`, sees it on disk. Leaves `jobs` empty.
void process(store& s, std::vector<work_ptr>& jobs, executor loop);

/// The destructor carries out what is queued.
class writer {
  public:
    virtual ~writer() = default;
    virtual void push(work_ptr j) = 0;
};

std::unique_ptr<writer> make_writer_thread(store s, executor ex);
std::unique_ptr<writer> make_inline_writer(store s, executor ex);

} // namespace ulak::ledger
