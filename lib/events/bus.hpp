// Publishes events to sinks and to bounded subscriptions.
#pragma once

#include "async/task.hpp"
#include "events/event.hpp"
#include "events/subscription.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace ulak::events {

class event_queue;

/// One loop thread. Publishing never blocks: sinks take an event as it is, subscriptions get it without secrets.
class bus : public sink {
  public:
    explicit bus(executor ex) : executor_(ex) {}
    ~bus() override; ///< closes

    void add(sink& s) { sinks_.push_back(&s); } ///< the sink outlives the bus

    /// Follows from the next event on and holds at most `capacity` of them. A subscription that falls behind is cut off
    /// (see subscription::next).
    std::unique_ptr<subscription> subscribe(std::size_t capacity = 1024);

    /// Ends all subscriptions, and those that are made later: each gives what it holds, then errc::unavailable.
    void close();
    void publish(const event& e) override;

  private:
    executor executor_;
    std::vector<sink*> sinks_{};
    std::vector<std::weak_ptr<event_queue>> queues_{};
    bool closed_ = false;
};

} // namespace ulak::events
