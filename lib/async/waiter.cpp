#include "async/waiter.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

namespace ulak::async {

namespace asio = boost::asio;

task<bool> cancellation_requested()
{
    const auto state = co_await asio::this_coro::cancellation_state;
    co_return state.cancelled() != asio::cancellation_type::none;
}

waiter::waiter(executor ex) : timer_(ex, steady_timer::time_point::max()) {}

void waiter::wake()
{
    woken_ = true;
    timer_.cancel();
}

task<boost::system::error_code> waiter::wait()
{
    const auto state = co_await asio::this_coro::cancellation_state;
    if (!woken_ && state.cancelled() == asio::cancellation_type::none)
        co_await timer_.async_wait(asio::as_tuple(use_task)); // ends by wake() or by cancellation only
    if (woken_)
        co_return boost::system::error_code();
    co_return asio::error::operation_aborted;
}

} // namespace ulak::async
