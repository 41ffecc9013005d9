// Threads that ask blocking questions for addresses.
#pragma once

#include "http/client/system_lookup.hpp"

#include "async/task.hpp"

#include <functional>
#include <memory>
#include <string>

namespace ulak::http {

/// At most eight detached threads, because a lookup cannot be cancelled. After the pool's destruction nothing of theirs
/// touches the loop, and nobody waits for them.
class lookup_pool {
  public:
    lookup_pool(executor ex, lookup_function lookup);
    ~lookup_pool();
    lookup_pool(const lookup_pool&) = delete;
    lookup_pool& operator=(const lookup_pool&) = delete;

    /// `done` runs on the loop, unless the pool is gone by then.
    void submit(std::string host, std::function<void(lookup_result)> done);

  private:
    struct shared_state;
    static void work(std::shared_ptr<shared_state> state);
    std::shared_ptr<shared_state> state_;
};

} // namespace ulak::http
