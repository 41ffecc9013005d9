// A notice that a person asks for, to see whether a channel works.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <string>

namespace ulak::engine {

/// One attempt, which is not stored. A channel of SMS costs: nothing is sent, its account's balance is read instead.
/// The text says what was done. Errors: errc::not_found for an unknown channel, else those of the delivery.
task<result<std::string>> test_channel(shared_state& shared, std::string name);

} // namespace ulak::engine
