// What becomes of a send after it was accepted: paid for, delivered with time, called off, partly refunded.
#pragma once

#include "sim/detail/world_state.hpp"

namespace ulak::sim {

/// Takes a send and its money. Where the provider pays for recipients that it does not reach, their share comes back
/// when the send is over. The caller has checked the balance.
sms_queue& accept_send(world_state& world, simulated_account& account, sms_queue queue, bool pays_for_undelivered);

/// Cancels a send that is not due yet; returns what was given back.
decimal cancel_send(world_state& world, simulated_account& account, sms_queue& queue);

} // namespace ulak::sim
