// An account's manners on the way to its provider: how fast it asks, and how often it asks again.
#pragma once

#include "async/pace.hpp"
#include "http/client.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace ulak::providers {

struct patience_settings {
    patience_settings() = default;

    std::optional<async::token_bucket> requests{}; ///< none: as fast as one likes
    std::function<double()> random01{};            ///< for the jitter; empty: a generator of its own
};

/// Wraps a client. Reads are repeated on transport failures, 5xx and 429 while their deadline allows: after 1 s, 2 s, 4
/// s … 15 s with jitter, or when the provider's Retry-After says. One try gets at most half of the whole time, so that
/// a hung one leaves room for another. What the last try gave is what comes back. Costly requests go through once. Each
/// try takes a token of the pace first. The clock must outlive it.
std::unique_ptr<http::client> make_patient(std::unique_ptr<http::client> inner, async::clock& time,
                                           patience_settings settings);

} // namespace ulak::providers
