// The bounded queue between the bus and one subscription.
#pragma once

#include "async/task.hpp"
#include "async/timer.hpp"
#include "core/error.hpp"
#include "events/event.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

namespace ulak::events {

/// Shared by the bus and a subscription; either may go first. One loop thread, one reader.
///
/// | open     | push: kept              | take: next event, or a reason to wait |
/// | overflow | push: ignored           | take: errc::unavailable               |
/// | closed   | push: kept              | take: what is queued, then errc::unavailable |
class event_queue {
  public:
    event_queue(executor ex, std::size_t capacity) : timer_(ex), capacity_(capacity) {}

    /// One event more than the capacity makes the queue overflow for good: the reader resumes from the ledger.
    void push(const event& e);
    void close();

    /// The next event, or why there is none any more. nullopt: there is a reason to wait.
    std::optional<result<event>> take_next();

    /// Waits for take_next() up to `timeout` of real time. Keeps the queue alive.
    /// errc::cancelled, errc::timed_out, or the errors of take_next().
    static task<result<event>> next(std::shared_ptr<event_queue> queue, std::chrono::milliseconds timeout);

  private:
    error end_error() const;

    std::deque<event> events_{};
    async::steady_timer timer_;
    std::size_t capacity_;
    std::int64_t last_delivered_ = 0;
    bool overflowed_ = false, closed_ = false;
};

} // namespace ulak::events
