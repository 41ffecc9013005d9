// A ledger in memory whose work runs on the loop, for tests.
#pragma once

#include "async/task.hpp"
#include "ledger/ledger.hpp"

#include <memory>

namespace ulak::tests {

/// The ledger of production before a store in memory: nothing is synced, nothing waits for a thread, and the content
/// dies with it.
std::unique_ptr<ledger::ledger> make_memory_ledger(executor loop);

} // namespace ulak::tests
