#include "async/backoff.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace ulak::async {

backoff::backoff(duration first, double factor, duration max, double jitter_fraction)
    : first_(static_cast<double>(std::min(first, max).count())),
      factor_(factor),
      max_(static_cast<double>(max.count())),
      jitter_(jitter_fraction),
      next_(first_)
{
    assert(first.count() >= 0 && max.count() >= 0);
    assert(factor >= 1.0 && jitter_fraction >= 0.0 && jitter_fraction <= 1.0);
}

backoff::duration backoff::next(double random01)
{
    const auto spread = 1.0 - jitter_ * (1.0 - std::clamp(random01, 0.0, 1.0));
    const auto wait = duration(std::llround(next_ * spread));
    next_ = std::min(next_ * factor_, max_);
    return wait;
}

backoff::duration backoff::wait_before(unsigned n) const noexcept
{
    if (first_ == 0) // the power may be infinite, and nothing times infinity is no number
        return duration(0);
    return duration(std::llround(std::min(first_ * std::pow(factor_, n), max_)));
}

} // namespace ulak::async
