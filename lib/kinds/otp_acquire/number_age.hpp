// Age of a number, which its state machine takes as time.
#pragma once

#include "async/clock.hpp"
#include "core/wall_time.hpp"
#include "kinds/otp_acquire/number_state.hpp"

#include <optional>
#include <string>

namespace ulak::kinds::otp {

/// A moment by the time since the machine started, which nobody can set. Comparable within one boot.
struct boot_moment {
    std::string boot_id{}; ///< empty: not known
    age since_boot{0};

    static boot_moment now(const async::clock& clock);
};

/// What is known of a number's order, in the store too.
struct order_times {
    wall_point ordered_at{};
    boot_moment boot{};
    age known_age{0};                    ///< it was this old at least when it was stored last
    std::optional<wall_point> told_at{}; ///< when it was ordered, as the provider says
};

/// An age between two bounds, each from the most cautious reading of the clocks.
///
///   the order was made      `least`                                    `most`
///   ----------------------  -----------------------------------------  ------------------------------------------
///   in this boot            the time that passed since                 the same
///   in an earlier boot      the age in the store and what passed       the wall time's answer, or that by the
///   provider's
///                           since the machine started                  own time of the order, if that is more; while
///                                                                      the wall time is in doubt: old enough
///   nobody knows in which   the age in the store and what passed       as above
///                           since this process holds it
class number_age {
  public:
    number_age() = default;

    /// Of a number whose purchase has just been answered.
    static number_age of_new(const async::clock& clock) { return since({{}, boot_moment::now(clock), {}}, clock); }
    /// Of a number that was ordered before this process knew of it.
    static number_age since(const order_times& order, const async::clock& clock);

    age_range at(const async::clock& clock) const;

  private:
    std::optional<async::steady_point> ordered_{}; ///< in this boot
    async::steady_point held_since_{};
    age least_when_held_{0};
    wall_point ordered_at_{}; ///< the earlier one of our time and the provider's
};

} // namespace ulak::kinds::otp
