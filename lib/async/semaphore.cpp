#include "async/semaphore.hpp"

#include "async/waiter.hpp"

namespace ulak::async {

namespace detail {

// A coroutine that waits for a permit. The permit lies here from the moment it is handed over: if the frame is
// destroyed before it runs, the permit goes on to the next.
struct acquirer : waiter {
    using waiter::waiter;
    std::optional<permit> granted_permit{};
};

struct semaphore_state : std::enable_shared_from_this<semaphore_state> {
    semaphore_state(executor ex_, std::size_t permits) : ex(ex_), available(permits) {}

    permit make_permit() { return permit(shared_from_this()); }

    void release()
    {
        if (queue.empty()) {
            ++available;
            return;
        }
        auto& next = queue.front();
        queue.pop_front();
        next.granted_permit.emplace(make_permit());
        next.wake();
    }

    executor ex;
    std::size_t available;
    wait_queue<acquirer> queue;
};

} // namespace detail

permit& permit::operator=(permit&& other) noexcept
{
    if (this != &other) {
        release();
        state_ = std::move(other.state_);
    }
    return *this;
}

void permit::release() noexcept
{
    if (const auto state = std::exchange(state_, nullptr))
        state->release();
}

semaphore::semaphore(executor ex, std::size_t permits) : state_(std::make_shared<detail::semaphore_state>(ex, permits))
{}

std::optional<permit> semaphore::try_acquire()
{
    if (state_->available == 0)
        return std::nullopt;
    --state_->available;
    return state_->make_permit();
}

task<result<permit>> semaphore::acquire()
{
    const auto state = state_; // the semaphore may go while we wait
    const bool stopped = co_await cancellation_requested();
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting for a turn");
    if (auto free = try_acquire())
        co_return std::move(*free);
    detail::acquirer me(state->ex);
    state->queue.push_back(me);
    co_await me.wait();
    if (me.granted_permit)
        co_return std::move(*me.granted_permit);
    co_return error(errc::cancelled, "cancelled while waiting for a turn");
}

std::size_t semaphore::available() const noexcept
{
    return state_->available;
}

std::size_t semaphore::waiting() const
{
    return state_->queue.size();
}

} // namespace ulak::async
