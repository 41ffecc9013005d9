// Waits for a rate limiter in terms of result.
#pragma once

#include "async/rate_limiter.hpp"
#include "async/task.hpp"
#include "core/error.hpp"

namespace ulak::providers {

/// Takes one token. `ahead`: before all that wait already. errc::cancelled: stopped while waiting, no token is taken.
task<result<void>> wait_for_token(async::rate_limiter& limiter, bool ahead = false);

} // namespace ulak::providers
