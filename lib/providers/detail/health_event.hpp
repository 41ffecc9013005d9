// The event that reports a change of an account's health.
#pragma once

#include "async/clock.hpp"
#include "events/event.hpp"
#include "providers/detail/retry_policy.hpp"

#include <string>

namespace ulak::providers {

/// account.failing, .suspended, .recovered or .resumed, with the reason unless the account is ready again.
/// `policy.health` is in the new state already; `now` serves the words about the next try.
events::event health_event(const retry_policy& policy, const account_health::state_change& change,
                           async::steady_point now);

/// "5 s", rounded up; never negative.
std::string seconds_text(async::steady_point::duration d);

} // namespace ulak::providers
