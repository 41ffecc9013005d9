#include "providers/detail/token_wait.hpp"

namespace ulak::providers {

task<result<void>> wait_for_token(async::rate_limiter& limiter, bool ahead)
{
    auto waiting = ahead ? limiter.acquire_ahead(1) : limiter.acquire(1); // named: ?: may not stand in the await
    const auto stopped = co_await std::move(waiting);
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting for its turn");
    co_return result<void>();
}

} // namespace ulak::providers
