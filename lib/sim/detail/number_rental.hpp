// The life of a rented number: ordered, reached by an SMS or not, and ended with or without a refund.
#pragma once

#include "sim/detail/world_state.hpp"

namespace ulak::sim {

/// Rents a number: takes the money and the stock, and schedules its SMS and its end. The caller has checked both.
rented_number& rent_number(world_state& world, simulated_account& account, number_service& service, decimal charge,
                           rented_number wanted);

/// The SMS is here, unless the number has ended.
void deliver_sms(rented_number& n);

/// Ends a waiting number and gives the money back, unless its plan says otherwise. Returns what was given back.
decimal refund_number(world_state& world, simulated_account& account, rented_number& n, number_state end);

} // namespace ulak::sim
