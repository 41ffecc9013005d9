#include "ulakd/recovery_barrier.hpp"

namespace ulak::daemon {

http::handler recovery_barrier::guard(http::handler inner)
{
    inner_ = std::move(inner);
    return [this](const http::incoming_request& asked) { return answer(asked); };
}

void recovery_barrier::lift()
{
    lifted_ = true;
    for (async::waiter& early : early_)
        early.wake();
}

task<http::reply> recovery_barrier::answer(const http::incoming_request& asked)
{
    if (!lifted_) {
        async::waiter early(executor_);
        early_.push_back(early);
        const auto cancelled = co_await early.wait();
        if (cancelled)
            co_return http::reply(503);
    }
    co_return co_await inner_(asked);
}

} // namespace ulak::daemon
