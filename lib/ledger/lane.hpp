// Where the store's work runs: on a thread of its own, or for tests inline on the loop. Private to the room.
#pragma once

#include "async/task.hpp"
#include "ledger/store.hpp"

#include <memory>
#include <vector>

namespace ulak::ledger {

/// A piece of work with someone who waits for it. Made and ended on the loop, so that what one thread allocates is not
/// freed by the other.
class job {
  public:
    virtual ~job() = default;
    virtual const batch* changes() const noexcept { return nullptr; } ///< of a commit; else `perform` is called
    virtual void perform(store&) {}
    virtual void committed(result<applied>) {}
    /// On the loop: the waiter goes on; the job is over.
    virtual void tell() = 0;
};

using job_ptr = std::unique_ptr<job>;

/// The batch's events with their numbers, or why there are none.
result<receipt> receipt_of(batch changes, const result<applied>& made);

/// Carries out a queue of jobs: all commits first, in groups of one transaction each, then the questions. Whoever sees
/// its outcome, posted to `loop`, sees it on disk. Leaves `jobs` empty.
void carry_out(store& s, std::vector<job_ptr>& jobs, executor loop);

/// The destructor carries out what is queued.
class lane {
  public:
    virtual ~lane() = default;
    virtual void push(job_ptr j) = 0;
};

std::unique_ptr<lane> make_thread_lane(store s, executor ex);
std::unique_ptr<lane> make_inline_lane(store s, executor ex);

} // namespace ulak::ledger
