#include "async/semaphore.hpp"

#include "async/waiter.hpp"

namespace ulak::async {

namespace detail {

// The lease lies here from the moment it is handed over: if the frame is destroyed before it runs, it goes on to the
// next.
struct claimant : waiter {
    using waiter::waiter;
    std::optional<lease> granted{};
};

struct semaphore_state : std::enable_shared_from_this<semaphore_state> {
    semaphore_state(executor ex_, std::size_t permits) : ex(ex_), available(permits) {}

    lease make_lease() { return lease(shared_from_this()); }

    void take_back()
    {
        if (line.empty()) {
            ++available;
            return;
        }
        auto& next = line.front();
        line.pop_front();
        next.granted.emplace(make_lease());
        next.wake();
    }

    executor ex;
    std::size_t available;
    waiting_line<claimant> line;
};

} // namespace detail

lease& lease::operator=(lease&& other) noexcept
{
    if (this != &other) {
        release();
        state_ = std::move(other.state_);
    }
    return *this;
}

void lease::release() noexcept
{
    if (const auto state = std::exchange(state_, nullptr))
        state->take_back();
}

semaphore::semaphore(executor ex, std::size_t permits) : state_(std::make_shared<detail::semaphore_state>(ex, permits))
{}

std::optional<lease> semaphore::try_acquire()
{
    if (state_->available == 0)
        return std::nullopt;
    --state_->available;
    return state_->make_lease();
}

task<result<lease>> semaphore::acquire()
{
    const auto state = state_; // the semaphore may go while we wait
    const bool stopped = co_await told_to_stop();
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting for a turn");
    if (auto free = try_acquire())
        co_return std::move(*free);
    detail::claimant me(state->ex);
    state->line.push_back(me);
    co_await me.wait();
    if (me.granted)
        co_return std::move(*me.granted);
    co_return error(errc::cancelled, "cancelled while waiting for a turn");
}

std::size_t semaphore::available() const noexcept
{
    return state_->available;
}

std::size_t semaphore::waiting() const
{
    return state_->line.size();
}

} // namespace ulak::async
