#include "events/subscription.hpp"

#include "events/detail/event_queue.hpp"

namespace ulak::events {

subscription::subscription(std::shared_ptr<event_queue> queue) : queue_(std::move(queue)) {}

subscription::~subscription()
{
    queue_->close();
}

task<result<event>> subscription::next(std::chrono::milliseconds timeout)
{
    return event_queue::next(queue_, timeout);
}

} // namespace ulak::events
