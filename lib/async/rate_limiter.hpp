// How fast an account may be used: a queue before a token bucket.
#pragma once

#include "async/clock.hpp"
#include "async/semaphore.hpp"
#include "async/token_bucket.hpp"

#include <boost/system/error_code.hpp>

#include <optional>

namespace ulak::async {

/// One loop thread. The clock must outlive the limiter, and the limiter its waiters.
class rate_limiter {
  public:
    rate_limiter(clock& time, token_bucket bucket) : clock_(time), bucket_(bucket) {}

    /// First come, first served. No error: the tokens are taken. `operation_aborted`: cancelled, and the tokens were
    /// given back, so that those behind move up.
    task<boost::system::error_code> acquire(double tokens);

    /// The same ahead of the queue; only its head, whose tokens are reserved already, goes first.
    task<boost::system::error_code> acquire_ahead(double tokens);

    /// Takes the tokens if nobody waits and they are there at `now`, which the caller has just read from the clock.
    /// Most calls get through here, without a coroutine or a timer.
    bool try_acquire(double tokens, steady_point now);

  private:
    task<boost::system::error_code> wait_for_tokens(double tokens);

    clock& clock_;
    token_bucket bucket_;
    std::optional<semaphore> head_of_queue_{}; // only the first in the queue reserves: a cancelled one leaves no hole
};

} // namespace ulak::async
