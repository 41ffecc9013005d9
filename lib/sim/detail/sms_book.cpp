#include "sim/detail/sms_book.hpp"

#include <utility>

namespace ulak::sim {

wall_point sms_queue::done_at(std::size_t i) const
{
    auto n = static_cast<std::int64_t>(numbers.size());
    return due_at + delivery_time * (n + static_cast<std::int64_t>(i) + 1) / (2 * n);
}

delivery sms_queue::state(std::size_t i, wall_point now) const
{
    if (cancelled)
        return delivery::undelivered;
    if (now < due_at)
        return delivery::waiting;
    if (now < done_at(i) || (never_completes && i + 1 == numbers.size()))
        return delivery::sent;
    return i + undelivered_tail >= numbers.size() ? delivery::undelivered : delivery::delivered;
}

delivery_tally sms_queue::tally(wall_point now) const
{
    delivery_tally t;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        switch (state(i, now)) {
        case delivery::waiting: ++t.waiting; break;
        case delivery::sent: ++t.sent; break;
        case delivery::delivered: ++t.delivered; break;
        case delivery::undelivered: ++t.undelivered; break;
        }
    }
    return t;
}

sms_queue& sms_book::add(sms_queue queue)
{
    queue.id = ids_.next();
    order_.push_back(queue.id);
    return queues_.emplace(queue.id, std::move(queue)).first->second;
}

sms_queue* sms_book::find(std::uint64_t id)
{
    auto at = queues_.find(id);
    return at == queues_.end() ? nullptr : &at->second;
}

} // namespace ulak::sim
