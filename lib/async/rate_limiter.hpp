// How fast an account may be used: a bucket that fills with time, and the line before it.
#pragma once

#include "async/clock.hpp"
#include "async/semaphore.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>
#include <optional>

namespace ulak::async {

/// Pure: `rate` tokens flow in per second up to `burst`. It begins full.
class token_bucket {
  public:
    /// Both are above zero.
    token_bucket(double rate_per_second, double burst);

    /// Takes the tokens now, going into debt if need be, and says how long to wait before using them: until they are
    /// there, or, where they are more than `burst`, until the bucket is full. Such a large take goes at once and those
    /// who come after it pay its debt: in the long run the rate is kept, and nobody waits for what nobody used.
    std::chrono::nanoseconds reserve(double tokens, steady_point now);

    /// Undoes a reservation that was not used.
    void return_tokens(double tokens) noexcept;

  private:
    double rate_, burst_, tokens_;
    std::optional<steady_point> last_{};
};

/// The line before one bucket; one loop thread. The clock must outlive it, and it must outlive its waiters.
class rate_limiter {
  public:
    rate_limiter(clock& time, token_bucket bucket) : clock_(time), bucket_(bucket) {}

    /// First come, first served. No error: go. `operation_aborted`: cancelled, and the tokens were given back, so those
    /// behind move up.
    task<boost::system::error_code> acquire(double tokens);

    /// The same ahead of the line: only the one at its head, who has his tokens reserved, goes before.
    task<boost::system::error_code> acquire_ahead(double tokens);

    /// Takes them if nobody waits and they are there at `now`, which the caller has just read from the clock; so most
    /// calls need neither a coroutine nor a timer.
    bool try_acquire(double tokens, steady_point now);

  private:
    task<boost::system::error_code> wait_for_tokens(double tokens);

    clock& clock_;
    token_bucket bucket_;
    std::optional<semaphore> head_of_queue_{}; // only the first in line reserves, so a cancelled one leaves no hole
};

} // namespace ulak::async
