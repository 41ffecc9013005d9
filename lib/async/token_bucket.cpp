#include "async/token_bucket.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

namespace ulak::async {
namespace {

// A longer wait is as good as forever; this one still fits when it is added to a time point.
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

} // namespace ulak::async
