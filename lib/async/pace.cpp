#include "async/pace.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace ulak::async {

namespace asio = boost::asio;

namespace {

// Longer is as good as never, and still fits when it is added to a time point.
constexpr double longest_seconds = 1e9;

} // namespace

token_bucket::token_bucket(double rate_per_second, double burst) : rate_(rate_per_second), burst_(burst), level_(burst)
{
    assert(rate_ > 0 && burst_ > 0);
}

std::chrono::nanoseconds token_bucket::reserve(double tokens, steady_point now)
{
    if (last_ && now > *last_)
        level_ = std::min(burst_, level_ + std::chrono::duration<double>(now - *last_).count() * rate_);
    last_ = last_ ? std::max(*last_, now) : now;
    const double missing = std::min(tokens, burst_) - level_;
    level_ -= tokens;
    if (missing <= 0)
        return std::chrono::nanoseconds(0);
    const auto seconds = std::min(missing / rate_, longest_seconds);
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::ceil(seconds * 1e9)));
}

void token_bucket::give_back(double tokens) noexcept
{
    level_ = std::min(burst_, level_ + tokens);
}

task<boost::system::error_code> pace::take(double tokens)
{
    auto ex = co_await asio::this_coro::executor;
    if (!turn_)
        turn_.emplace(ex, 1);
    auto turn = co_await turn_->acquire();
    if (!turn)
        co_return asio::error::operation_aborted;
    const auto stopped = co_await spend(tokens);
    co_return stopped;
}

task<boost::system::error_code> pace::take_ahead(double tokens)
{
    return spend(tokens);
}

task<boost::system::error_code> pace::spend(double tokens)
{
    const auto wait = bucket_.reserve(tokens, clock_.now());
    if (wait.count() == 0)
        co_return boost::system::error_code();
    const auto stopped = co_await clock_.sleep_for(wait);
    if (stopped)
        bucket_.give_back(tokens);
    co_return stopped;
}

bool pace::try_take(double tokens, steady_point now)
{
    if (turn_ && turn_->available() == 0)
        return false;
    if (bucket_.reserve(tokens, now).count() == 0)
        return true;
    bucket_.give_back(tokens);
    return false;
}

} // namespace ulak::async
