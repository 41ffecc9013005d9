// A seller of SMS that refuses the identical order for a while: what it says to a repetition tells what became of the
// first.
#pragma once

#include <chrono>

namespace ulak::providers {

/// A second face of an `sms_sender`, where the provider documents such a refusal (errc::duplicate).
class duplicate_guard {
  public:
    virtual ~duplicate_guard() = default;
    /// Counted from the first order. Zero: it is not to be relied on.
    virtual std::chrono::milliseconds duplicate_window() const = 0;
};

} // namespace ulak::providers
