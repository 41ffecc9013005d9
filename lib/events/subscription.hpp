// A bounded view of the feed of events for one reader.
#pragma once

#include "async/task.hpp"
#include "core/error.hpp"
#include "events/event.hpp"

#include <chrono>
#include <memory>

namespace ulak::events {

class event_queue;

/// Made by bus::subscribe; may outlive the bus. One loop thread, one reader. Dies with its queue: nothing more is kept
/// for it.
class subscription {
  public:
    explicit subscription(std::shared_ptr<event_queue> queue);
    ~subscription();
    subscription(const subscription&) = delete;
    subscription& operator=(const subscription&) = delete;

    /// The next event in the order of publishing.
    /// errc::cancelled: the caller was cancelled.
    /// errc::timed_out: no event came within `timeout`.
    /// errc::unavailable: the reader fell behind, or the bus was closed; says after which seq to resume from the
    /// ledger.
    task<result<event>> next(std::chrono::milliseconds timeout);

  private:
    std::shared_ptr<event_queue> queue_;
};

} // namespace ulak::events
