// Carries out queued work on a store: commits in groups, then reads. Private to the module.
#pragma once

#include "async/task.hpp"
#include "ledger/detail/store.hpp"
#include "ledger/detail/work_queue.hpp"

namespace ulak::ledger {

/// Carries out a part of `queue`, most important first: one transaction of what is urgent, then at most one step of
/// each higher rank, so that none starves. What arrived meanwhile is to be added before the next turn. A waiter that
/// learns its outcome, posted to `loop`, finds it on disk.
void process_turn(store& s, work_queue& queue, executor loop);

/// Turns until nothing is left.
void process_work(store& s, work_list& queue, executor loop);

/// The batch's events with their numbers, or the error of the batch.
result<receipt> make_receipt(batch changes, const result<batch_result>& made);

} // namespace ulak::ledger
