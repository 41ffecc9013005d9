// Deadlines for many connections with one sleeper: nothing is allocated and no timer is armed per call.
#pragma once

#include "http/message.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

namespace ulak::http {

/// Something that must not take longer than agreed. Disarm before it dies.
class deadline {
  public:
    virtual ~deadline() = default;

  protected:
    /// Called once on the loop when the time is over; the entry is disarmed by then.
    virtual void on_deadline() noexcept = 0;

  private:
    friend class deadline_queue;
    static constexpr std::size_t not_armed = std::numeric_limits<std::size_t>::max();
    std::size_t index_ = not_armed;
};

/// Sleeps on the clock while something is armed; up to 50 ms late. What is disarmed in time cancels no timer: the
/// sleeper wakes when it was to look, and ends if nothing is armed by then.
class deadline_queue : public std::enable_shared_from_this<deadline_queue> {
  public:
    deadline_queue(executor ex, async::clock& time) : executor_(ex), clock_(time) {}

    void arm(deadline& one, async::steady_point due); ///< again: moves it
    void disarm(deadline& one) noexcept;
    void stop() noexcept; ///< the last call

  private:
    static task<> sweep(std::shared_ptr<deadline_queue> self);
    async::steady_point next_wake() const;
    void fire_expired();
    void wake() noexcept;

    /// The times lie side by side: a sweep over a thousand connections must not fetch each of them into the cache.
    struct entry {
        entry(async::steady_point due_, deadline* who_) : due(due_), target(who_) {}
        async::steady_point due;
        deadline* target;
    };

    executor executor_;
    async::clock& clock_;
    std::vector<entry> armed_;
    boost::asio::cancellation_signal wake_signal_;
    async::steady_point sleeping_until_{};
    bool running_ = false;
    bool sleeping_ = false;
    bool stopped_ = false;
};

/// Does one thing when its time comes.
class deadline_callback final : public deadline {
  public:
    explicit deadline_callback(std::function<void()> act) : callback_(std::move(act)) {}
    bool expired() const noexcept { return expired_; }
    void reset() noexcept { expired_ = false; }

  private:
    void on_deadline() noexcept override
    {
        expired_ = true;
        auto act = callback_; // which may be the end of this alarm
        act();
    }
    std::function<void()> callback_;
    bool expired_ = false;
};

/// Arms for a scope.
class scoped_deadline {
  public:
    scoped_deadline(deadline_queue& w, deadline& one, async::steady_point due) : queue_(w), deadline_(one) { queue_.arm(deadline_, due); }
    ~scoped_deadline() { queue_.disarm(deadline_); }
    scoped_deadline(const scoped_deadline&) = delete;
    scoped_deadline& operator=(const scoped_deadline&) = delete;

  private:
    deadline_queue& queue_;
    deadline& deadline_;
};

} // namespace ulak::http
