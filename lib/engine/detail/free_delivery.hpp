// Hands a notice to a channel that costs nothing.
#pragma once

#include "engine/channel.hpp"
#include "engine/detail/delivery.hpp"
#include "engine/detail/parsed_notice.hpp"
#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// To a webhook or a program. What the machine lacks (descriptors, threads) is a failure of the attempt, too.
task<attempt> deliver_without_cost(shared_state& shared, channel& to, const parsed_notice& notice);

} // namespace ulak::engine
