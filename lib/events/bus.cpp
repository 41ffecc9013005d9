#include "events/bus.hpp"

#include "async/timer.hpp"
#include "events/redacted.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <deque>

namespace ulak::events {
namespace {

constexpr auto max_timeout = std::chrono::hours(24 * 365); ///< beyond it a deadline would overflow

/// What a subscription and the bus share; either may go first.
struct subscription_queue {
    subscription_queue(executor ex, std::size_t capacity_) : timer(ex), capacity(capacity_) {}

    std::deque<event> events{};
    async::steady_timer timer;
    std::size_t capacity;
    std::int64_t last_delivered = 0;
    bool overflowed = false, closed = false;

    void push(const event& e)
    {
        if (overflowed)
            return;
        if (events.size() >= capacity) {
            overflowed = true;
            // Its reader resumes from the ledger, so that nothing is gained by keeping a part.
            std::deque<event>().swap(events);
        } else {
            events.push_back(e);
        }
        timer.cancel();
    }

    void close()
    {
        closed = true;
        timer.cancel();
    }
};

error end_error(const subscription_queue& q)
{
    const std::string resume = "; the last event given was " + std::to_string(q.last_delivered) + ", resume after it";
    return error(errc::unavailable,
                 (q.overflowed ? "the reader of events was too slow" : "the feed of events is closed") + resume);
}

/// Nothing: there is a reason to wait.
std::optional<result<event>> take_next(subscription_queue& q)
{
    if (q.overflowed)
        return end_error(q);
    if (!q.events.empty()) {
        result<event> next = std::move(q.events.front());
        q.events.pop_front();
        q.last_delivered = std::max(q.last_delivered, next->seq);
        return next;
    }
    if (q.closed)
        return end_error(q);
    return std::nullopt;
}

task<result<event>> wait_for_next(std::shared_ptr<subscription_queue> q, std::chrono::milliseconds patience)
{
    const auto capped = std::min<std::chrono::milliseconds>(patience, max_timeout);
    const auto deadline = std::chrono::steady_clock::now() + capped;
    for (;;) {
        if (auto now = take_next(*q))
            co_return *std::move(now);
        const auto told = co_await boost::asio::this_coro::cancellation_state;
        if (told.cancelled() != boost::asio::cancellation_type::none)
            co_return error(errc::cancelled, "the wait for an event was cancelled");
        if (std::chrono::steady_clock::now() >= deadline)
            co_return error(errc::timed_out, "no event came");
        q->timer.expires_at(deadline);
        boost::system::error_code ignored;
        co_await q->timer.async_wait(boost::asio::redirect_error(use_task, ignored));
    }
}

class queue_subscription : public subscription {
  public:
    explicit queue_subscription(std::shared_ptr<subscription_queue> q) : queue_(std::move(q)) {}
    ~queue_subscription() override { queue_->close(); }
    task<result<event>> next(std::chrono::milliseconds patience) override { return wait_for_next(queue_, patience); }

  private:
    std::shared_ptr<subscription_queue> queue_;
};

class local_bus : public bus {
  public:
    explicit local_bus(executor ex) : ex_(ex) {}
    ~local_bus() override { close_all(); }

    void add(sink& s) override { sinks_.push_back(&s); }

    std::unique_ptr<subscription> subscribe(std::size_t capacity) override
    {
        auto q = std::make_shared<subscription_queue>(ex_, capacity);
        q->closed = closed_;
        queues_.push_back(q);
        return std::make_unique<queue_subscription>(std::move(q));
    }

    void close() override
    {
        closed_ = true;
        close_all();
    }

    void publish(const event& e) override
    {
        for (auto* s : sinks_)
            s->publish(e);
        std::erase_if(queues_, [](const auto& weak) { return weak.expired(); });
        if (queues_.empty())
            return;
        const auto clean = redacted(e);
        for (const auto& weak : queues_)
            if (const auto q = weak.lock())
                q->push(clean);
    }

  private:
    void close_all()
    {
        for (const auto& weak : queues_)
            if (const auto q = weak.lock())
                q->close();
    }

    executor ex_;
    std::vector<sink*> sinks_{};
    std::vector<std::weak_ptr<subscription_queue>> queues_{};
    bool closed_ = false;
};

} // namespace

std::unique_ptr<bus> bus::make(executor ex)
{
    return std::make_unique<local_bus>(ex);
}

} // namespace ulak::events
