// What an attempt to deliver a notice writes: when the next one is due, or that there is none. Pure.
#pragma once

#include "engine/detail/delivery.hpp"
#include "engine/detail/parsed_notice.hpp"
#include "ledger/change.hpp"

#include <chrono>

namespace ulak::engine {

/// Waits of 1 s, 2 s, 4 s … at most 10 min.
std::chrono::milliseconds retry_after(int attempts) noexcept;
/// No further attempt is made when a notice is this old.
inline constexpr auto notice_lifetime = std::chrono::hours(24);

/// The notice's own state and the event. It is given up when no further attempt may be made, or it is too old; for its
/// age only by a wall time that is `trusted`.
ledger::batch attempt_changes(const parsed_notice& notice, const attempt& made, wall_point now, bool trusted = true);

} // namespace ulak::engine
