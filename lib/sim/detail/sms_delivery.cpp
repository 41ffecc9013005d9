#include "sim/detail/sms_delivery.hpp"

#include <algorithm>

namespace ulak::sim {
namespace {

void refund_undelivered(world_state& world, simulated_account& account, std::uint64_t id)
{
    auto* done = account.messages->sends.find(id);
    if (done->cancelled)
        return;
    done->refunded = done->charge.times(static_cast<std::int64_t>(done->undelivered_tail),
                                        static_cast<std::int64_t>(done->numbers.size()));
    account.money.post(world.now(), done->refunded, "not delivered of " + std::to_string(id));
    world.log_event(account, "_undelivered", describe_refund_event(id, done->refunded, account.money.unit()));
}

} // namespace

sms_queue& accept_send(world_state& world, simulated_account& account, sms_queue queue, bool pays_for_undelivered)
{
    queue.delivery_time = world.settings().delivery_after;
    queue.undelivered_tail = std::min(queue.undelivered_tail, queue.numbers.size());
    auto& q = account.messages->sends.add(std::move(queue));
    account.money.post(world.now(), decimal() - q.charge, "send " + std::to_string(q.id));
    if (pays_for_undelivered && q.undelivered_tail > 0)
        world.schedule(q.due_at + q.delivery_time,
                       [&world, &account, id = q.id] { refund_undelivered(world, account, id); });
    return q;
}

decimal cancel_send(world_state& world, simulated_account& account, sms_queue& queue)
{
    queue.cancelled = true;
    queue.refunded = queue.charge;
    account.money.post(world.now(), queue.charge, "cancelled " + std::to_string(queue.id));
    return queue.charge;
}

} // namespace ulak::sim
