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
class watched {
  public:
    virtual ~watched() = default;

  protected:
    /// Called once on the loop when the time is over; the entry is disarmed by then.
    virtual void on_deadline() noexcept = 0;

  private:
    friend class watch;
    static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
    std::size_t index_ = nowhere;
};

/// Sleeps on the clock while something is armed; up to 50 ms late. What is disarmed in time cancels no timer: the
/// sleeper wakes when it was to look, and ends if nothing is armed by then.
class watch : public std::enable_shared_from_this<watch> {
  public:
    watch(executor ex, async::clock& time) : executor_(ex), clock_(time) {}

    void arm(watched& one, async::steady_point due); ///< again: moves it
    void disarm(watched& one) noexcept;
    void stop() noexcept; ///< the last call

  private:
    static task<> sweep(std::shared_ptr<watch> self);
    async::steady_point next_wake() const;
    void expire();
    void wake() noexcept;

    /// The times lie side by side: a sweep over a thousand connections must not fetch each of them into the cache.
    struct entry {
        entry(async::steady_point due_, watched* who_) : due(due_), who(who_) {}
        async::steady_point due;
        watched* who;
    };

    executor executor_;
    async::clock& clock_;
    std::vector<entry> armed_;
    boost::asio::cancellation_signal interrupt_;
    async::steady_point asleep_until_{};
    bool running_ = false;
    bool asleep_ = false;
    bool stopped_ = false;
};

/// Does one thing when its time comes.
class alarm final : public watched {
  public:
    explicit alarm(std::function<void()> act) : act_(std::move(act)) {}
    bool rang() const noexcept { return rang_; }
    void forget() noexcept { rang_ = false; }

  private:
    void on_deadline() noexcept override
    {
        rang_ = true;
        auto act = act_; // which may be the end of this alarm
        act();
    }
    std::function<void()> act_;
    bool rang_ = false;
};

/// Arms for a scope.
class watch_guard {
  public:
    watch_guard(watch& w, watched& one, async::steady_point due) : watch_(w), one_(one) { watch_.arm(one_, due); }
    ~watch_guard() { watch_.disarm(one_); }
    watch_guard(const watch_guard&) = delete;
    watch_guard& operator=(const watch_guard&) = delete;

  private:
    watch& watch_;
    watched& one_;
};

} // namespace ulak::http
