#include "kinds/waiting.hpp"

#include <algorithm>

namespace ulak::kinds {

namespace asio = boost::asio;

/// A wall clock that is set while a run waits is noticed within this time.
constexpr std::chrono::minutes longest_blind_sleep(1);

task<> hear_cancellation()
{
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
}

task<> nap_until(context& c, async::steady_point when)
{
    co_await hear_cancellation();
    if (!c.stopping())
        co_await c.time().sleep_until(when);
    co_await hear_cancellation();
}

task<> nap(context& c, std::chrono::milliseconds d)
{
    co_await nap_until(c, c.time().now() + d);
}

task<> nap_until_wall(context& c, wall_point when)
{
    const bool cancel_known = c.cancel_asked();
    while (!c.stopping() && c.cancel_asked() == cancel_known && c.time().wall_now() < when) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(when - c.time().wall_now());
        co_await nap(c, std::min<std::chrono::milliseconds>(left, longest_blind_sleep));
    }
}

} // namespace ulak::kinds
