#include "async/rate_limiter.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

namespace ulak::async {

namespace asio = boost::asio;

task<boost::system::error_code> rate_limiter::acquire(double tokens)
{
    auto ex = co_await asio::this_coro::executor;
    if (!head_of_queue_)
        head_of_queue_.emplace(ex, 1);
    auto turn = co_await head_of_queue_->acquire();
    if (!turn)
        co_return asio::error::operation_aborted;
    const auto stopped = co_await wait_for_tokens(tokens);
    co_return stopped;
}

task<boost::system::error_code> rate_limiter::acquire_ahead(double tokens)
{
    return wait_for_tokens(tokens);
}

task<boost::system::error_code> rate_limiter::wait_for_tokens(double tokens)
{
    const auto wait = bucket_.reserve(tokens, clock_.now());
    if (wait.count() == 0)
        co_return boost::system::error_code();
    const auto stopped = co_await clock_.sleep_for(wait);
    if (stopped)
        bucket_.return_tokens(tokens);
    co_return stopped;
}

bool rate_limiter::try_acquire(double tokens, steady_point now)
{
    if (head_of_queue_ && head_of_queue_->available() == 0)
        return false;
    if (bucket_.reserve(tokens, now).count() == 0)
        return true;
    bucket_.return_tokens(tokens);
    return false;
}

} // namespace ulak::async
