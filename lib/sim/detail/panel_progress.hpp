// What becomes of a panel order with time: its price is taken at once, and what is not done comes back at its end.
#pragma once

#include "sim/detail/world_state.hpp"

namespace ulak::sim {

/// Takes an order and its money, and schedules the refund of one that will end as partial or canceled. The caller has
/// checked the balance.
panel_order& place_order(world_state& world, simulated_account& account, panel_order wanted);

} // namespace ulak::sim
