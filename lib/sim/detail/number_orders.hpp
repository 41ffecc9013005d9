// What the two number protocols share: ordering by plan, and the loop of a cancel.
#pragma once

#include "sim/detail/call.hpp"

#include <optional>

namespace ulak::sim {

/// What the faults of this call make of the number that it orders.
number_plan plan_number(call& c);

enum class order_refusal { no_service, no_stock, no_money };

struct order_result {
    rented_number* number = nullptr;
    order_refusal refusal = order_refusal::no_service; ///< without a number
};

/// Checks stock and money, takes both, and writes the effect into the call's line.
order_result order_number(call& c, std::int64_t service_id, rented_number wanted);

enum class cancel_outcome { refunded, refused, already_ended, reported_success_but_received };

/// A cancel as the provider decides it, with its faults. Refuses after the refund window.
cancel_outcome cancel_number(call& c, rented_number& n);

} // namespace ulak::sim
