// Capability of some SMS senders: the provider refuses the identical order for a while.
#pragma once

#include <chrono>

namespace ulak::providers {

/// Implemented beside `sms_sender` where the provider documents such a refusal (errc::duplicate): its answer to a
/// repetition tells whether the first order arrived.
class duplicate_guard {
  public:
    virtual ~duplicate_guard() = default;
    /// How long an identical order is refused, counted from the first. Zero: not to be relied on.
    virtual std::chrono::milliseconds duplicate_window() const = 0;
};

} // namespace ulak::providers
