// A token bucket: how fast something may be used, as arithmetic.
#pragma once

#include "async/clock.hpp"

#include <chrono>
#include <optional>

namespace ulak::async {

/// `rate` tokens flow in per second up to `burst`. It begins full. Pure: time comes in as a parameter and nothing
/// waits.
class token_bucket {
  public:
    /// Both are above zero.
    token_bucket(double rate_per_second, double burst);

    /// Takes the tokens now, going into debt if need be, and says how long to wait before using them: until they are
    /// there, or, where they are more than `burst`, until the bucket is full. Such a large take leaves a debt that
    /// later takes wait for: in the long run the rate is kept, and no take waits for tokens that nobody used.
    std::chrono::nanoseconds reserve(double tokens, steady_point now);

    /// Undoes a reservation that was not used.
    void return_tokens(double tokens) noexcept;

  private:
    double rate_, burst_, tokens_;
    std::optional<steady_point> last_{};
};

} // namespace ulak::async
