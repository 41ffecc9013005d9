// How fast an account may send messages, where the rate counts segments or recipients and not requests.
#pragma once

#include "async/rate_limiter.hpp"
#include "providers/capability.hpp"
#include "yaml/reader.hpp"

#include <optional>

namespace ulak::providers {

class sms_pace {
  public:
    /// A rate in requests, or none, makes this one let everything through.
    sms_pace(async::clock& time, const std::optional<yaml::rate_value>& rate);

    /// Waits until the order may go. The time that this takes is added to the purchase's deadline, which is meant for
    /// the exchange. errc::cancelled when the caller was stopped.
    task<result<void>> wait_for_turn(const sms_order& order, purchase_gate& how);

  private:
    double tokens_of(const sms_order& order) const;

    async::clock& clock_;
    bool by_segments_ = false;
    std::optional<async::rate_limiter> pace_{};
};

} // namespace ulak::providers
