// One publisher, many sinks and bounded subscribers.
#pragma once

#include "async/task.hpp"
#include "core/error.hpp"
#include "events/event.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace ulak::events {

/// A follower of the feed. It holds at most `capacity` events; when it falls behind it is closed, and its reader gets
/// errc::unavailable with the last seq that it was given, so that it can come back and resume from the ledger.
class subscription {
  public:
    virtual ~subscription() = default;
    /// The next event; errc::cancelled, errc::timed_out after `patience` without one, errc::unavailable when cut off or the bus
    /// is closed.
    virtual task<result<event>> next(std::chrono::milliseconds patience) = 0;
};

class bus : public sink {
  public:
    static std::unique_ptr<bus> make(executor ex);

    virtual void add(sink& s) = 0; ///< outlives the bus
    virtual std::unique_ptr<subscription> subscribe(std::size_t capacity = 1024) = 0;
    virtual void close() = 0; ///< ends all subscriptions
    void publish(const event& e) override = 0;
};

} // namespace ulak::events
