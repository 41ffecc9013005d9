// Sleepers on CLOCK_BOOTTIME, which goes on while the machine is suspended. Asio's own timers stand still then.
#pragma once

#include "async/clock.hpp"
#include "async/waiter.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/intrusive/set.hpp>

#include <memory>

namespace ulak::async {

/// One timerfd of the kernel for all sleepers of a loop, armed for the first of them. It keeps the loop running only
/// while somebody sleeps. On the loop's thread. Throws boost::system::system_error when the kernel has no timer left.
class boot_timer {
  public:
    explicit boot_timer(executor ex);
    ~boot_timer();
    boot_timer(const boot_timer&) = delete;
    boot_timer& operator=(const boot_timer&) = delete;

    static steady_point now() noexcept;

    /// See clock::sleep_until; without the grid.
    task<boost::system::error_code> sleep_until(steady_point when);

  private:
    struct sleeper : waiter,
                     boost::intrusive::set_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
        sleeper(executor ex, steady_point when_) : waiter(ex), when(when_) {}
        friend bool operator<(const sleeper& a, const sleeper& b) noexcept { return a.when < b.when; }
        steady_point when;
    };

    void arm();
    void watch();
    void wake_due();

    executor executor_;
    boost::asio::posix::basic_stream_descriptor<executor> timer_;
    boost::intrusive::multiset<sleeper, boost::intrusive::constant_time_size<false>> sleepers_{};
    steady_point armed_for_{steady_point::max()};
    bool watching_ = false;
    std::shared_ptr<boot_timer*> self_; ///< empty once this is gone: the loop may still hold a handler
};

} // namespace ulak::async
