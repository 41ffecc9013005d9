// One attempt to hand a notice to its channel, and how it ended.
#pragma once

#include "engine/detail/parsed_notice.hpp"
#include "engine/detail/shared_state.hpp"

#include <optional>
#include <utility>

namespace ulak::engine {

/// `retry` false with a failure: no further attempt may be made.
struct attempt {
    attempt() = default;
    attempt(error failure_, bool retry_) : failure(std::move(failure_)), retry(retry_) {}

    std::optional<error> failure{}; ///< nullopt: it was delivered
    bool retry = true;
};

/// Through kinds/purchase, as a step of the notice's run.
task<attempt> deliver_by_sms(shared_state& shared, const sms_channel& channel, const parsed_notice& notice);

} // namespace ulak::engine
