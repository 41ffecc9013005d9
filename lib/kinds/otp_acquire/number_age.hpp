// Age of a number, which its state machine takes as time.
#pragma once

#include "async/clock.hpp"
#include "core/wall_time.hpp"
#include "kinds/otp_acquire/number_state.hpp"

#include <algorithm>
#include <chrono>

namespace ulak::kinds::otp {

/// Counts on the steady clock from the moment at which this process begins to hold the number, so that a wall clock
/// that is set meanwhile changes no time limit. Only the age at that moment comes from the wall clock.
class number_age {
  public:
    number_age() = default;

    /// Of a number whose purchase has just been answered.
    static number_age of_new(async::clock& clock) { return number_age(clock.now(), age(0)); }
    /// Of a number that was ordered before this process knew of it.
    static number_age since(wall_point ordered_at, async::clock& clock)
    {
        return number_age(clock.now(), std::max(age(0), clock.wall_now() - ordered_at));
    }

    age at(async::steady_point now) const
    {
        return age_when_held_ + std::chrono::duration_cast<age>(now - held_since_);
    }

  private:
    number_age(async::steady_point held_since, age age_when_held)
        : held_since_(held_since), age_when_held_(age_when_held)
    {}

    async::steady_point held_since_{};
    age age_when_held_{0};
};

} // namespace ulak::kinds::otp
