// Which of several lost purchases an order of the provider's list belongs to. Pure; private to this folder.
#pragma once

#include "kinds/otp_acquire/lost_order.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace ulak::kinds::otp {

/// The provider's clock, as the orders tell that were answered at once.
struct provider_clock {
    std::chrono::milliseconds ahead{0}; ///< of ours
    std::chrono::milliseconds truncation{0};   ///< its times may be too early by so much
};

/// Nothing where the list shows no such order.
std::optional<provider_clock> estimate_provider_clock(const std::vector<providers::listed_number>& listed,
                                       const std::vector<ledger::effect_record>& ours);

/// Orders that nobody owns.
struct unowned_orders {
    unowned_orders() = default;

    std::size_t listed_before = 0; ///< there before the lost one was asked for, and so left to purchases lost before it
    std::vector<const providers::listed_number*> new_orders{}; ///< the oldest first
};

/// The order of `lost`, one of those that `wait`, the oldest first; nullptr: none of them.
/// By the clock each order belongs to the purchase that was sent last before it was made, and no two pairs cross; one
/// that never reached the provider gets none. Without it the first order belongs to the first purchase: too early a one
/// can be made good by those who wait longer, too late a one would be left to nobody.
const providers::listed_number* order_of(const unowned_orders& orders, const std::vector<ledger::effect_record>& wait,
                                          const ledger::effect_record& lost,
                                          const std::optional<provider_clock>& clock);

} // namespace ulak::kinds::otp
