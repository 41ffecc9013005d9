// How important a piece of work of the store's thread is. Private to the module.
#pragma once

#include "ledger/change.hpp"

#include <cstddef>

namespace ulak::ledger {

/// The lower, the earlier: what a higher rank does is cut into slices, between which lower ranks get their turn.
///
///   money    an intent, a dispatch, an outcome, a refund
///   change   every other small commit: a cancel, an opt-out, a run that begins
///   bulk     a commit of many rows that nobody's money or peace depends on: lists of recipients, purges
///   read     what the engine must know to go on
///   report   what people and scripts look at
enum class work_rank { money, change, bulk, read, report };

inline constexpr std::size_t work_ranks = 5;

work_rank rank_of(const batch& changes) noexcept;

/// Rows that the batch writes, about: what its transaction costs.
std::size_t weight_of(const batch& changes) noexcept;

} // namespace ulak::ledger
