#include "events/detail/event_queue.hpp"

#include "async/waiter.hpp"

#include <boost/asio/redirect_error.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace ulak::events {
namespace {

constexpr auto max_timeout = std::chrono::hours(24 * 365); // a deadline further away would overflow

} // namespace

void event_queue::push(const event& e)
{
    if (overflowed_)
        return;
    if (events_.size() >= capacity_) {
        overflowed_ = true;
        std::deque<event>().swap(events_); // the reader resumes from the ledger: keeping a part gains nothing
    } else {
        events_.push_back(e);
    }
    timer_.cancel();
}

void event_queue::close()
{
    closed_ = true;
    timer_.cancel();
}

std::optional<result<event>> event_queue::take_next()
{
    if (overflowed_)
        return end_error();
    if (!events_.empty()) {
        result<event> next = std::move(events_.front());
        events_.pop_front();
        last_delivered_ = std::max(last_delivered_, next->seq);
        return next;
    }
    if (closed_)
        return end_error();
    return std::nullopt;
}

error event_queue::end_error() const
{
    const std::string resume = "; the last event given was " + std::to_string(last_delivered_) + ", resume after it";
    return error(errc::unavailable,
                 (overflowed_ ? "the reader of events was too slow" : "the feed of events is closed") + resume);
}

task<result<event>> event_queue::next(std::shared_ptr<event_queue> queue, std::chrono::milliseconds timeout)
{
    const auto capped = std::min<std::chrono::milliseconds>(timeout, max_timeout);
    const auto deadline = std::chrono::steady_clock::now() + capped;
    for (;;) {
        if (auto next = queue->take_next())
            co_return *std::move(next);
        const bool cancelled = co_await async::cancellation_requested();
        if (cancelled)
            co_return error(errc::cancelled, "the wait for an event was cancelled");
        if (std::chrono::steady_clock::now() >= deadline)
            co_return error(errc::timed_out, "no event came");
        // Ends by a push, a close, the deadline or a cancellation; the loop finds out which.
        queue->timer_.expires_at(deadline);
        boost::system::error_code ignored;
        co_await queue->timer_.async_wait(boost::asio::redirect_error(use_task, ignored));
    }
}

} // namespace ulak::events
