// Carries out queued work on a store: commits in groups, then reads. Private to the module.
#pragma once

#include "async/task.hpp"
#include "ledger/detail/store.hpp"
#include "ledger/detail/work.hpp"

namespace ulak::ledger {

/// Carries out all of `queue` and leaves it empty: all commits first, in groups of one transaction each, then the rest.
/// A waiter that learns its outcome, posted to `loop`, finds it on disk.
void process_work(store& s, work_list& queue, executor loop);

/// The batch's events with their numbers, or the error of the batch.
result<receipt> make_receipt(batch changes, const result<batch_result>& made);

} // namespace ulak::ledger
