#include "http/request_queue.hpp"

namespace ulak::http {
namespace {

exchange not_sent(error why)
{
    exchange_trace how;
    how.closed_by = why.code == errc::timed_out ? close_reason::timeout : close_reason::cancelled;
    return exchange(std::move(why), how);
}

} // namespace

task<> request_queue::wait(const send_options& options, std::optional<exchange>& out)
{
    queued_request me(ex_);
    deadline_callback late([&me] { me.turn.wake(); });
    scoped_deadline guard(deadlines_, late, options.deadline);
    auto ticket = policy_.enqueue(options.priority);
    waiting_[ticket] = &me;
    auto stopped = co_await me.turn.wait();
    if (me.granted)
        co_return;
    policy_.abandon(ticket);
    waiting_.erase(ticket);
    if (stopped)
        out = not_sent(error(errc::cancelled, "cancelled while waiting for a free connection"));
    else
        out = not_sent(error(errc::timed_out, "all connections were busy until the deadline"));
}

void request_queue::admit_next()
{
    auto next = policy_.leave();
    if (!next)
        return;
    auto waiting = waiting_.extract(*next).mapped();
    waiting->granted = true;
    waiting->turn.wake();
}

} // namespace ulak::http
