// The permission that every costly call needs.
#pragma once

#include "http/message.hpp"

#include <utility>

namespace ulak::providers {

/// Made for one costly call: its deadline, and the gate that is asked between TLS and the first byte (see
/// http::dispatch_gate). Only the code that has committed an intent makes one.
struct purchase_gate {
    purchase_gate(async::steady_point deadline_, http::dispatch_gate gate_)
        : deadline(deadline_), gate(std::move(gate_))
    {}

    async::steady_point deadline;
    http::dispatch_gate gate;
};

} // namespace ulak::providers
