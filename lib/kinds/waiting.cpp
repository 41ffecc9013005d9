#include "kinds/waiting.hpp"

#include "events/event_names.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace ulak::kinds {

namespace asio = boost::asio;

/// A wall clock that is set while a run waits is noticed within this time.
constexpr std::chrono::minutes longest_wall_sleep(1);
/// Between two looks whether the wall time is trusted again.
constexpr std::chrono::milliseconds doubt_poll(5000);

task<> reset_cancellation()
{
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
}

task<> sleep_until(run_context& c, async::steady_point when)
{
    co_await reset_cancellation();
    if (!c.stopping())
        co_await c.clock().sleep_until(when);
    co_await reset_cancellation();
}

task<> sleep_for(run_context& c, std::chrono::milliseconds d)
{
    co_await sleep_until(c, c.clock().now() + d);
}

task<> sleep_until_wall(run_context& c, wall_point when)
{
    const bool cancel_known = c.cancel_requested();
    while (!c.stopping() && c.cancel_requested() == cancel_known) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(when - c.clock().wall_now());
        const bool doubted = !c.clock().wall_doubt().empty();
        if (left <= left.zero() && !doubted)
            co_return;
        const auto sleep = doubted ? doubt_poll : std::min<std::chrono::milliseconds>(left, longest_wall_sleep);
        co_await sleep_for(c, sleep);
    }
}

task<> wait_while_paused(run_context& c)
{
    co_await reset_cancellation();
    while (c.pause_requested() && !c.stopping() && !c.cancel_requested()) {
        async::waiter resumed(c.environment().ex);
        c.resume_waiters().push_back(resumed);
        co_await resumed.wait();
        co_await reset_cancellation();
    }
}

task<> show_waiting(run_context& c, ledger::run_wait wait, std::string why)
{
    const bool known = c.own_wait() == wait;
    c.set_own_wait(wait);
    const bool shown = c.run().state == ledger::run_state::paused && c.run().waits == wait;
    if (c.pause_requested() || shown)
        co_return;
    ledger::update_run state(c.run().id);
    state.state = ledger::run_state::paused;
    state.waits = std::move(wait);
    ledger::batch told;
    if (!known)
        told.push_back(c.event(events::run_paused, events::level::info, std::move(why)));
    co_await c.save_with_retry(std::move(state), std::move(told)); // for show: the run waits all the same
}

task<> show_running(run_context& c)
{
    c.set_own_wait(ledger::run_wait());
    if (c.pause_requested() || c.run().state != ledger::run_state::paused)
        co_return;
    ledger::update_run state(c.run().id);
    state.state = ledger::run_state::running;
    ledger::batch told;
    told.push_back(c.event(events::run_resumed, events::level::info, "the run goes on"));
    co_await c.save_with_retry(std::move(state), std::move(told));
}

task<bool> wait_for_trusted_time(run_context& c)
{
    co_await reset_cancellation();
    while (!c.clock().wall_doubt().empty()) {
        if (c.stopping() || c.cancel_requested())
            co_return false;
        const auto stopped = co_await c.clock().sleep_for(doubt_poll);
        co_await reset_cancellation();
        if (stopped)
            co_return false;
    }
    co_return true;
}

} // namespace ulak::kinds
