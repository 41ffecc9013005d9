// Orders and cancels of rented numbers, with the faults of the call, for every protocol that rents numbers.
#pragma once

#include "sim/detail/call.hpp"

#include <optional>

namespace ulak::sim {

/// Decides the life of the number that this call orders by the call's faults.
number_plan plan_number(call& c);

/// Why there is no number.
enum class order_refusal { no_service, no_stock, no_money };

struct order_result {
    rented_number* number = nullptr;
    order_refusal refusal = order_refusal::no_service; ///< without a number
};

/// Checks stock and money, takes both, and accepts the call with its effect.
order_result order_number(call& c, std::int64_t service_id, rented_number wanted);

/// The last: "done" is answered, but the code came.
enum class cancel_outcome { refunded, refused, already_ended, reported_success_but_received };

/// Cancels as the provider decides, with the call's faults; refuses after the refund window.
cancel_outcome cancel_number(call& c, rented_number& n);

} // namespace ulak::sim
