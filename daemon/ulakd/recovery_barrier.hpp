// Holds back requests of the control sockets until recovery is done.
#pragma once

#include "async/waiter.hpp"
#include "http/server.hpp"

#include <utility>

namespace ulak::daemon {

/// The sockets listen before recovery, so that no client is refused; a run that began during recovery would be taken
/// for one that a crash had left.
class recovery_barrier {
  public:
    explicit recovery_barrier(executor ex) : executor_(ex) {}

    /// A handler that passes requests on to `inner` once the barrier is lifted. A request whose client leaves while it
    /// waits gets 503. The barrier outlives the handler.
    http::handler guard(http::handler inner);

    /// Recovery is done: all that wait go on.
    void lift();
    bool lifted() const noexcept { return lifted_; }

  private:
    task<http::reply> answer(const http::incoming_request& asked);

    executor executor_;
    http::handler inner_{};
    bool lifted_ = false;
    async::wait_queue<> early_{};
};

} // namespace ulak::daemon
