#include "http/client/request_queue.hpp"

namespace ulak::http {
namespace {

exchange not_sent(error why)
{
    exchange_trace trace;
    trace.closed_by = why.code == errc::timed_out ? close_reason::timeout : close_reason::cancelled;
    return exchange(std::move(why), trace);
}

} // namespace

task<> request_queue::wait(const send_options& options, std::optional<exchange>& out)
{
    queued_request me(ex_);
    deadline_callback timeout([&me] { me.turn.wake(); });
    scoped_deadline armed(deadlines_, timeout, options.deadline);
    auto ticket = policy_.enqueue(options.priority);
    waiting_[ticket] = &me;
    auto cancelled = co_await me.turn.wait();
    if (me.granted)
        co_return;
    policy_.abandon(ticket);
    waiting_.erase(ticket);
    if (cancelled)
        out = not_sent(error(errc::cancelled, "cancelled while waiting for a free connection"));
    else
        out = not_sent(error(errc::timed_out, "all connections were busy until the deadline"));
}

void request_queue::admit_next()
{
    auto next = policy_.leave();
    if (!next)
        return;
    auto admitted = waiting_.extract(*next).mapped();
    admitted->granted = true;
    admitted->turn.wake();
}

} // namespace ulak::http
