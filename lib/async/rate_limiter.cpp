#include "async/rate_limiter.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace ulak::async {

namespace asio = boost::asio;

namespace {

// Longer is as good as never, and still fits when it is added to a time point.
constexpr double max_wait_seconds = 1e9;

} // namespace

token_bucket::token_bucket(double rate_per_second, double burst) : rate_(rate_per_second), burst_(burst), tokens_(burst)
{
    assert(rate_ > 0 && burst_ > 0);
}

std::chrono::nanoseconds token_bucket::reserve(double tokens, steady_point now)
{
    if (last_ && now > *last_)
        tokens_ = std::min(burst_, tokens_ + std::chrono::duration<double>(now - *last_).count() * rate_);
    last_ = last_ ? std::max(*last_, now) : now;
    const double missing = std::min(tokens, burst_) - tokens_;
    tokens_ -= tokens;
    if (missing <= 0)
        return std::chrono::nanoseconds(0);
    const auto seconds = std::min(missing / rate_, max_wait_seconds);
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::ceil(seconds * 1e9)));
}

void token_bucket::return_tokens(double tokens) noexcept
{
    tokens_ = std::min(burst_, tokens_ + tokens);
}

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
