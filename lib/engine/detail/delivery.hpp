// One attempt to hand a notice to its channel, and how it ended.
#pragma once

#include "core/error.hpp"

#include <optional>
#include <string>
#include <utility>

namespace ulak::engine {

/// `retry` false with a failure: no further attempt may be made.
struct attempt {
    attempt() = default;
    attempt(error failure_, bool retry_) : failure(std::move(failure_)), retry(retry_) {}

    std::optional<error> failure{}; ///< nullopt: it was delivered
    bool retry = true;
    std::string note{}; ///< what the channel's owner should know of a delivery that succeeded; empty: nothing
};

} // namespace ulak::engine
