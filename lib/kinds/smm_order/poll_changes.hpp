// What a poll of a followed order writes. Pure.
#pragma once

#include "kinds/smm_order/shared_run.hpp"

#include <optional>

namespace ulak::kinds::smm {

/// The event, the notices, the refund and the attention entry that follow from one transition. `run.progress` is the
/// one before it. Empty when nothing changed.
ledger::batch poll_changes(const shared_run& run, const transition& t,
                           const std::optional<providers::panel_status>& seen);

/// What the panel gave back: all of a cancelled order, of others what was not charged in the end. nullopt: nothing.
std::optional<decimal> refund_of(const progress& p, outcome end, const providers::panel_status& seen);

} // namespace ulak::kinds::smm
