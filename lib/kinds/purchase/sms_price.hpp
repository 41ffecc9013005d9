// What messages cost at an account: segments, or money where it is paid in money.
#pragma once

#include "core/money.hpp"
#include "providers/account.hpp"

#include <cstdint>
#include <optional>

namespace ulak::kinds {

/// Of one segment: one credit, or the price that a report told, or else that of ulak.yaml. nullopt: nobody has told it.
std::optional<money> known_segment_price(const providers::account& account);

/// What is booked for so many segments. Where nobody has told the price, each counts as a whole unit, which is more
/// than any price list says: budgets hold until the first report corrects it.
money price_of_segments(const providers::account& account, std::int64_t segments);

/// Keeps what a report told: `cost` for so many segments, all of which were delivered.
void learn_segment_price(const providers::account& account, const money& cost, std::int64_t segments);

} // namespace ulak::kinds
