// Which state may follow which: pure tables. The schema's triggers enforce the same rules in SQL.
#pragma once

#include "ledger/records.hpp"

#include <array>

namespace ulak::ledger {

inline constexpr std::size_t run_state_count = 7;
inline constexpr std::size_t item_state_count = 8;
inline constexpr std::size_t effect_state_count = 12;

/// A move to the same state is allowed where knowledge can still grow (accepted, ambiguous, orphaned: a charge, more
/// evidence), and refused for `dispatched`, so that one effect is never dispatched twice.
bool may_follow(effect_state from, effect_state to) noexcept;

/// `entries_open`: the run still has an open attention entry.
bool may_follow(run_state from, run_state to, bool entries_open) noexcept;

/// `harmless`: the item's effect is proven not to have taken effect; only then does it return to pending. Staying is
/// allowed.
bool may_follow(item_state from, item_state to, bool harmless) noexcept;

/// The states of earlier attempts that allow another one: not_sent rate_limited not_executed refunded.
bool allows_new_attempt(effect_state s) noexcept;
/// Waits neither for the provider nor for evidence.
bool is_settled(effect_state s) noexcept;

} // namespace ulak::ledger
