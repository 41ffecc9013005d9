// Time as a dependency. Everything that waits or stamps uses a clock, so that tests run twenty minutes in five
// milliseconds.
#pragma once

#include "async/task.hpp"
#include "core/wall_time.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace ulak::async {

using steady_point = std::chrono::steady_clock::time_point;

/// Who tells whether the wall time can be trusted.
class wall_judge {
  public:
    virtual ~wall_judge() = default;

    /// Why not, for a person; empty: nothing speaks against it.
    virtual std::string doubt() = 0;
    /// What it should be by the time that passed, while it is in doubt.
    virtual std::optional<wall_point> expected_wall() = 0;
};

/// Belongs to one loop and its thread. Everything that waits with it must end before it does.
class clock {
  public:
    virtual ~clock() = default;

    /// Time since the machine started. Never set, and goes on while the machine is suspended: ages, deadlines, pace.
    virtual steady_point now() const = 0;
    /// What people and providers see. While it is in doubt, what it should be: nothing is stamped with the year 2100.
    wall_point wall_now() const
    {
        const auto expected = judge_ ? judge_->expected_wall() : std::nullopt;
        return expected ? *expected : read_wall();
    }
    virtual wall_point read_wall() const = 0; ///< as the machine's clock is set; may jump

    /// Which start of the machine `now` counts from; the same in every process until the next one. Empty: not known.
    virtual std::string boot_id() const { return {}; }
    /// Whether the kernel says that NTP keeps the wall time right. A clock that somebody sets stops being so at once.
    virtual bool synchronised() const { return false; }

    /// Returns no error when the time has come and `operation_aborted` when cancelled, also when the coroutine was
    /// cancelled before the call: a signal is given once, and a loop must not sleep past it. Never throws for either. A
    /// time in the past returns at the next turn of the loop. Wake-ups are rounded up to a grid of 10 ms that all
    /// sleepers share, so that one wake-up of the process serves many of them. Whoever is due when the machine wakes
    /// from a suspend is woken at once.
    virtual task<boost::system::error_code> sleep_until(steady_point when) = 0;

    /// As sleep_until, counted from now.
    task<boost::system::error_code> sleep_for(std::chrono::nanoseconds d) { return sleep_until(now() + d); }

    /// Returns no error when the wall time was set since the last call, or the machine woke from a suspend.
    virtual task<boost::system::error_code> wait_until_set() { return sleep_until(steady_point::max()); }

    /// Why the wall time may be wrong, for a person; empty: nothing speaks against it. Asked right before whatever
    /// cannot be undone and goes by the wall time.
    std::string wall_doubt() const { return judge_ ? judge_->doubt() : std::string(); }
    /// Who answers that from now on, in place of an earlier one; it outlives this or is forgotten.
    void set_judge(wall_judge& judge) noexcept { judge_ = &judge; }
    /// Nobody does any more, unless another one has taken its place.
    void forget_judge(const wall_judge& judge) noexcept
    {
        if (judge_ == &judge)
            judge_ = nullptr;
    }

  private:
    wall_judge* judge_ = nullptr;
};

} // namespace ulak::async
