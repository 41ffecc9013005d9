// Decides which of several lost purchases an order of the provider's list belongs to. Pure.
#pragma once

#include "kinds/otp_acquire/lost_order.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace ulak::kinds::otp {

/// The provider's clock against ours, estimated from orders that were answered promptly.
struct provider_clock {
    std::chrono::milliseconds ahead{0};      ///< of ours
    std::chrono::milliseconds truncation{0}; ///< its times may be too early by this much
};

/// Nothing where the list shows no promptly answered order.
std::optional<provider_clock> estimate_provider_clock(const std::vector<providers::listed_number>& listed,
                                                      const std::vector<ledger::effect_record>& ours);

/// Orders that fit the request and that no purchase owns.
struct unowned_orders {
    std::size_t listed_before = 0; ///< listed before the lost one was sent, so they belong to earlier lost purchases
    std::vector<const providers::listed_number*> new_orders{}; ///< the oldest first
};

/// The order of the lost purchase, which is one of `waiting` (the oldest first). Null: it has none.
///   with the clock     each order belongs to the purchase that was sent last before the order was made, and no two
///                      pairs cross; a purchase that never reached the provider gets none
///   without the clock  the first order belongs to the first purchase: one that is given an order too early can still
///                      be corrected by those who wait longer, while one too late would be left without
const providers::listed_number* order_of(const unowned_orders& orders,
                                         const std::vector<ledger::effect_record>& waiting,
                                         const ledger::effect_record& lost, const std::optional<provider_clock>& clock);

} // namespace ulak::kinds::otp
