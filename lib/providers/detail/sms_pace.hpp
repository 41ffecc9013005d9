// How fast an account may send messages, where the rate counts segments or recipients and not requests.
#pragma once

#include "async/rate_limiter.hpp"
#include "providers/sms_sender.hpp"
#include "yaml/reader.hpp"

#include <optional>

namespace ulak::providers {

class sms_pace {
  public:
    /// Without a rate, or with one in requests, everything goes at once. `clock` outlives the pace.
    sms_pace(async::clock& clock, const std::optional<yaml::rate_value>& rate);

    /// Waits until the order may go. The time that this takes is added to the purchase's deadline, which is meant for
    /// the exchange. errc::cancelled: the caller was stopped.
    task<result<void>> wait_for_turn(const sms_order& order, purchase_gate& how);

  private:
    double tokens_of(const sms_order& order) const;

    async::clock& clock_;
    bool by_segments_ = false;
    std::optional<async::rate_limiter> limiter_{};
};

} // namespace ulak::providers
