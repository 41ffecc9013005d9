// What an order costs by the arithmetic of its type. Pure.
#pragma once

#include "kinds/smm_order/order_type.hpp"
#include "providers/capability.hpp"

#include <optional>

namespace ulak::kinds::smm {

struct order_cost {
    money most{};             ///< in the worst case
    std::int64_t counted = 0; ///< what is delivered and paid; 0: nobody can tell
};

/// `type` is nullptr for a type that the family does not have. A type without arithmetic costs `max_cost` at most.
/// errc::validation: nothing tells what it may cost, or its quantity is beyond all sense. errc::budget: the cost is
/// beyond any amount that could be booked.
result<order_cost> cost_of(const order_type* type, const providers::service& offered,
                           const providers::panel_order& order, const std::optional<money>& max_cost);

} // namespace ulak::kinds::smm
