// How long a balance lasts. Pure.
#pragma once

#include "ledger/records.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace ulak::kinds::balance {

/// How long the newest balance lasts at the pace of the last week (newest first; an increase is a top-up and no pace).
/// nullopt: less than an hour is known, or nothing is spent. At most ten years.
std::optional<std::chrono::milliseconds> estimate_runway(const std::vector<ledger::balance_record>& newest_first);

} // namespace ulak::kinds::balance
