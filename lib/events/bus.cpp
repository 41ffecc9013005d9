#include "events/bus.hpp"

#include "events/detail/event_queue.hpp"
#include "events/redacted.hpp"

namespace ulak::events {

bus::~bus()
{
    close();
}

std::unique_ptr<subscription> bus::subscribe(std::size_t capacity)
{
    auto queue = std::make_shared<event_queue>(executor_, capacity);
    if (closed_)
        queue->close();
    queues_.push_back(queue);
    return std::make_unique<subscription>(std::move(queue));
}

void bus::close()
{
    closed_ = true;
    for (const auto& weak : queues_)
        if (const auto queue = weak.lock())
            queue->close();
}

void bus::publish(const event& e)
{
    for (auto* s : sinks_)
        s->publish(e);
    std::erase_if(queues_, [](const auto& weak) { return weak.expired(); });
    if (queues_.empty())
        return;
    const auto clean = redacted(e);
    for (const auto& weak : queues_)
        if (const auto queue = weak.lock())
            queue->push(clean);
}

} // namespace ulak::events
