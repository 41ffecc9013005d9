// A number of permits, given out in the order of requests.
#pragma once

#include "async/task.hpp"
#include "core/error.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace ulak::async {

class semaphore;

namespace detail {
struct semaphore_state;
}

/// One permit; goes back to the semaphore when it dies, and may outlive it.
class permit {
  public:
    permit(permit&& other) noexcept = default;
    permit& operator=(permit&& other) noexcept;
    ~permit() { release(); }

    /// Gives it back early. The longest waiter owns it at once, and runs at a later turn of the loop.
    void release() noexcept;
    explicit operator bool() const noexcept { return state_ != nullptr; }

  private:
    friend struct detail::semaphore_state;
    friend class semaphore;
    explicit permit(std::shared_ptr<detail::semaphore_state> state) noexcept : state_(std::move(state)) {}
    std::shared_ptr<detail::semaphore_state> state_;
};

/// One loop thread, no locks.
class semaphore {
  public:
    semaphore(executor ex, std::size_t permits);

    /// First come, first served. errc::cancelled when the caller is cancelled while it waits, or was before. A permit
    /// and a cancellation that arrive together give the permit, so that none is lost.
    task<result<permit>> acquire();

    /// nullopt when no permit is free. A permit that was handed to a waiter is not free.
    std::optional<permit> try_acquire();

    std::size_t available() const noexcept;
    std::size_t waiting() const;

  private:
    std::shared_ptr<detail::semaphore_state> state_;
};

} // namespace ulak::async
