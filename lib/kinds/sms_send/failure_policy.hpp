// What a call that did not succeed means for the calls after it. Pure.
//
//   answer        | counted | give up                                       | else
//   --------------+---------+-----------------------------------------------+------------------------------
//   accepted      | to zero | never                                         | go on
//   ambiguous     | yes     | at the third failure in a row                 | go on
//   rejected      | yes     | at once where every call would be, or third   | go on
//   recipients    | apart   | at the hundredth in a row                     | go on: in two halves, or without them
//   rate_limited  | no      | never                                         | pause as the provider asks
//   not_sent      | yes     | at the fifth failure in a row                 | pause 1, 2, 4, 8 seconds
#pragma once

#include "core/error.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace ulak::kinds::sms {

/// What to do before the next call. Neither pause nor stop: go on at once.
struct next_step {
    std::optional<std::chrono::milliseconds> pause{};
    std::optional<error> stop_reason{}; ///< no further call is made
    std::string item_reason{};          ///< shown with the recipients that are given up
};

/// Counts the failures in a row of one run.
class failure_policy {
  public:
    void accepted() noexcept { failures_ = refused_recipients_ = 0; }
    /// Call it once the ambiguous call was reconciled as far as it can be.
    next_step after_ambiguous();
    next_step after_rejection(const std::optional<error>& why);
    /// The provider refused some of the recipients: the others may be reached.
    next_step after_refused_recipients(const std::optional<error>& why);
    /// Nothing was sent, and the recipients are pending again.
    next_step after_not_sent(const error& why);

  private:
    int failures_ = 0;
    int refused_recipients_ = 0;
};

} // namespace ulak::kinds::sms
