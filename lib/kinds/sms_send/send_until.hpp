// Until when a run may send: `send_until` and `give_up_after`.
#pragma once

#include "core/wall_time.hpp"
#include "kinds/sms_send/settings.hpp"
#include "ledger/records.hpp"

#include <optional>

namespace ulak::kinds::sms {

/// The reason of those whose time was over before a call could be made.
inline constexpr char too_late[] = "too-late";

/// The earlier of the two, counted from the moment at which the run was asked for, however long it was queued.
/// Nothing: it may send whenever its window is open.
std::optional<wall_point> sends_until(const settings& s, const ledger::run_record& run);

} // namespace ulak::kinds::sms
