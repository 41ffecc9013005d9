// What the panel took for an order and gave back, against what was reckoned. Pure.
#pragma once

#include "kinds/smm_order/progress.hpp"
#include "providers/capability.hpp"

#include <optional>

namespace ulak::kinds::smm {

/// The panel's charge in the unit of the order's cost. nullopt: it names none, or one in another unit.
std::optional<decimal> charge_of(const progress& p, const providers::panel_status& seen);

/// A charge that cannot be compared with what was reckoned.
bool is_in_other_unit(const progress& p, const providers::panel_status& seen);

/// The charge where it is above what is booked.
std::optional<money> excess_charge(const progress& p, const providers::panel_status& seen);

/// What the panel says to have given back: what was not charged in the end; where it names no charge, or names that of
/// the beginning, what was not delivered. Of a canceled drip that names neither, nothing is known: some of its runs
/// were delivered. nullopt: nothing.
std::optional<decimal> refund_of(const progress& p, outcome end, const providers::panel_status& seen);

} // namespace ulak::kinds::smm
