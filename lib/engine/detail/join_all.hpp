// Waits for a group of coroutines.
#pragma once

#include "async/task_group.hpp"
#include "core/error.hpp"

namespace ulak::engine {

/// Until all members have left; errc::cancelled when the wait was broken off before.
inline task<result<void>> join_all(async::task_group& group)
{
    co_await group.join();
    if (group.size() != 0)
        co_return error(errc::cancelled, "cancelled while waiting");
    co_return result<void>();
}

} // namespace ulak::engine
