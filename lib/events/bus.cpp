#include "events/bus.hpp"

#include "async/timer.hpp"
#include "events/clean.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <deque>

namespace ulak::events {
namespace {

constexpr auto longest_patience = std::chrono::hours(24 * 365); ///< beyond it a deadline would overflow

/// What a subscription and the bus share; either may go first.
struct queue {
    queue(executor ex, std::size_t capacity_) : wake(ex), capacity(capacity_) {}

    std::deque<event> waiting{};
    async::steady_timer wake;
    std::size_t capacity;
    std::int64_t last_given = 0;
    bool cut_off = false, closed = false;

    void put(const event& e)
    {
        if (cut_off)
            return;
        if (waiting.size() >= capacity) {
            cut_off = true;
            // Its reader resumes from the ledger, so that nothing is gained by keeping a part.
            std::deque<event>().swap(waiting);
        } else {
            waiting.push_back(e);
        }
        wake.cancel();
    }

    void close()
    {
        closed = true;
        wake.cancel();
    }
};

error ended(const queue& q)
{
    const std::string resume = "; the last event given was " + std::to_string(q.last_given) + ", resume after it";
    return error(errc::unavailable,
                 (q.cut_off ? "the reader of events was too slow" : "the feed of events is closed") + resume);
}

/// Nothing: there is a reason to wait.
std::optional<result<event>> ready(queue& q)
{
    if (q.cut_off)
        return ended(q);
    if (!q.waiting.empty()) {
        result<event> next = std::move(q.waiting.front());
        q.waiting.pop_front();
        q.last_given = std::max(q.last_given, next->seq);
        return next;
    }
    if (q.closed)
        return ended(q);
    return std::nullopt;
}

task<result<event>> wait_for_next(std::shared_ptr<queue> q, std::chrono::milliseconds patience)
{
    const auto capped = std::min<std::chrono::milliseconds>(patience, longest_patience);
    const auto deadline = std::chrono::steady_clock::now() + capped;
    for (;;) {
        if (auto now = ready(*q))
            co_return *std::move(now);
        const auto told = co_await boost::asio::this_coro::cancellation_state;
        if (told.cancelled() != boost::asio::cancellation_type::none)
            co_return error(errc::cancelled, "the wait for an event was cancelled");
        if (std::chrono::steady_clock::now() >= deadline)
            co_return error(errc::timed_out, "no event came");
        q->wake.expires_at(deadline);
        boost::system::error_code ignored;
        co_await q->wake.async_wait(boost::asio::redirect_error(use_task, ignored));
    }
}

class member : public subscription {
  public:
    explicit member(std::shared_ptr<queue> q) : queue_(std::move(q)) {}
    ~member() override { queue_->close(); }
    task<result<event>> next(std::chrono::milliseconds patience) override { return wait_for_next(queue_, patience); }

  private:
    std::shared_ptr<queue> queue_;
};

class the_bus : public bus {
  public:
    explicit the_bus(executor ex) : ex_(ex) {}
    ~the_bus() override { end_all(); }

    void add(sink& s) override { sinks_.push_back(&s); }

    std::unique_ptr<subscription> subscribe(std::size_t capacity) override
    {
        auto q = std::make_shared<queue>(ex_, capacity);
        q->closed = closed_;
        queues_.push_back(q);
        return std::make_unique<member>(std::move(q));
    }

    void close() override
    {
        closed_ = true;
        end_all();
    }

    void publish(const event& e) override
    {
        for (auto* s : sinks_)
            s->publish(e);
        std::erase_if(queues_, [](const auto& weak) { return weak.expired(); });
        if (queues_.empty())
            return;
        const auto clean = cleaned(e);
        for (const auto& weak : queues_)
            if (const auto q = weak.lock())
                q->put(clean);
    }

  private:
    void end_all()
    {
        for (const auto& weak : queues_)
            if (const auto q = weak.lock())
                q->close();
    }

    executor ex_;
    std::vector<sink*> sinks_{};
    std::vector<std::weak_ptr<queue>> queues_{};
    bool closed_ = false;
};

} // namespace

std::unique_ptr<bus> bus::make(executor ex)
{
    return std::make_unique<the_bus>(ex);
}

} // namespace ulak::events
