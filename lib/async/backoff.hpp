// Growing waits between polls or retries, spread so that many that failed together do not come back together.
#pragma once

#include <chrono>

namespace ulak::async {

/// The curve first, first * factor, first * factor^2 … up to a maximum. Used by retries of reads, polls and commits.
class backoff {
  public:
    using duration = std::chrono::milliseconds;

    /// `factor` is at least 1, `jitter_fraction` from 0 (none) to 1 (anything from zero up).
    backoff(duration first, double factor, duration max, double jitter_fraction);

    /// The next wait: between (1 - jitter) and 1 times first·factor^n, and never above `max`. `random01` is the
    /// caller's random number from 0 to 1; 1 gives the full wait.
    duration next(double random01 = 1);

    /// The full wait before repeat `n`, counted from 0, whatever next() has given: for pollers that store how often
    /// they have asked, and go on after a restart.
    duration wait_before(unsigned n) const noexcept;

    /// The next wait is the first one again.
    void reset() noexcept { next_ = first_; }

  private:
    double first_, factor_, max_, jitter_; // milliseconds as double: the growth stops at max_, so nothing overflows
    double next_;
};

} // namespace ulak::async
