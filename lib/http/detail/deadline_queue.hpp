// Deadlines for many connections with one sleeper: no allocation and no timer for each call.
#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

namespace ulak::http {

/// Something that must end in time. Disarm it before it is destroyed.
class deadline {
  public:
    virtual ~deadline() = default;

  protected:
    /// Called once on the loop when the time is over; the deadline is disarmed by then.
    virtual void on_deadline() noexcept = 0;

  private:
    friend class deadline_queue;
    static constexpr std::size_t not_armed = std::numeric_limits<std::size_t>::max();
    std::size_t index_ = not_armed;
};

/// One coroutine sleeps on the clock while a deadline is armed, and calls each up to 50 ms late. Disarming cancels no
/// timer: the sleeper wakes when it would have, and ends if nothing is armed by then. Deadlines stand still while the
/// machine is suspended: the peer's answer may lie in the socket since before.
///
///   no sleeper --arm--> asleep --time or wake()--> fire what is due --nothing armed, or stop()--> no sleeper
///                          ^------------------------something armed--'
class deadline_queue : public std::enable_shared_from_this<deadline_queue> {
  public:
    /// Requests under way have seconds left. The deadline of a connection that just became idle is nearer, and is moved
    /// again at once under load; it must not wake the sleeper each time, which costs a timer and a sweep. Measured:
    /// +3.5/+2.1/+4.7 % at 8/64/512 connections. Short deadlines that come and go lie no nearer than this.
    static constexpr std::chrono::seconds longest_sleep{1};

    deadline_queue(executor ex, async::clock& clock) : executor_(ex), clock_(clock) {}

    void arm(deadline& one, async::steady_point due); ///< a second call moves it
    void disarm(deadline& one) noexcept;
    void stop() noexcept; ///< no deadline is called from here on; the last call

  private:
    static task<> sweep(std::shared_ptr<deadline_queue> self);
    async::steady_point next_wake() const;
    void give_back_standstill();
    void fire_expired();
    void wake() noexcept;

    /// The times lie side by side, because a sweep over a thousand connections must not fetch each of them into the
    /// cache: part of the series that raised a provider's poll from 0.83/0.80/0.73 to 0.91/0.93/0.82 of wrk.
    struct entry {
        async::steady_point due;
        deadline* target;
    };

    executor executor_;
    async::clock& clock_;
    std::vector<entry> armed_{};
    boost::asio::cancellation_signal wake_signal_{};
    async::steady_point sleeping_until_{};
    bool running_ = false;
    bool sleeping_ = false;
    bool stopped_ = false;
};

/// Calls a function when its time comes.
class deadline_callback final : public deadline {
  public:
    explicit deadline_callback(std::function<void()> callback) : callback_(std::move(callback)) {}
    bool expired() const noexcept { return expired_; }

  private:
    void on_deadline() noexcept override
    {
        expired_ = true;
        auto callback = callback_; // a copy, because the call may destroy this object
        callback();
    }
    std::function<void()> callback_;
    bool expired_ = false;
};

/// Armed for a scope.
class scoped_deadline {
  public:
    scoped_deadline(deadline_queue& queue, deadline& one, async::steady_point due) : queue_(queue), deadline_(one)
    {
        queue_.arm(deadline_, due);
    }
    ~scoped_deadline() { queue_.disarm(deadline_); }
    scoped_deadline(const scoped_deadline&) = delete;
    scoped_deadline& operator=(const scoped_deadline&) = delete;

  private:
    deadline_queue& queue_;
    deadline& deadline_;
};

} // namespace ulak::http
