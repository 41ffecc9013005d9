// Makes an account out of its settings: retrying client, purchase permits, capabilities.
#pragma once

#include "async/task.hpp"
#include "providers/registry.hpp"

#include <memory>

namespace ulak::providers {

/// Wraps `client` with the account's rate limit, retries and circuit breaker, and opens the protocol on it. `clock` and
/// `out` outlive the account; `out` gets account.failing, .recovered, .suspended and .resumed.
/// Errors, each with the account's name:
/// errc::invalid_argument: no such provider, or settings that cannot work.
result<std::shared_ptr<account>> make_account(const account_settings& s, std::unique_ptr<http::client> client,
                                              executor ex, async::clock& clock, events::sink* out = nullptr,
                                              protocol_table table = protocols());

} // namespace ulak::providers
