#include "http/waiting_line.hpp"

namespace ulak::http {
namespace {

exchange unsent(error why)
{
    trace how;
    how.close = why.code == errc::timed_out ? closing::timeout : closing::cancelled;
    return exchange(std::move(why), how);
}

} // namespace

task<> waiting_line::wait(const send_options& options, std::optional<exchange>& out)
{
    queued me(ex_);
    alarm late([&me] { me.turn.wake(); });
    watch_guard guard(deadlines_, late, options.deadline);
    auto ticket = policy_.queue(options.settles);
    all_[ticket] = &me;
    auto stopped = co_await me.turn.wait();
    if (me.granted)
        co_return;
    policy_.give_up(ticket);
    all_.erase(ticket);
    if (stopped)
        out = unsent(error(errc::cancelled, "cancelled while waiting for a free connection"));
    else
        out = unsent(error(errc::timed_out, "all connections were busy until the deadline"));
}

void waiting_line::let_next_in()
{
    auto next = policy_.leave();
    if (!next)
        return;
    auto waiting = all_.extract(*next).mapped();
    waiting->granted = true;
    waiting->turn.wake();
}

} // namespace ulak::http
