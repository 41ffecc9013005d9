// What a poll of a followed order writes. Pure.
#pragma once

#include "kinds/smm_order/refund_check.hpp"
#include "kinds/smm_order/shared_run.hpp"

#include <optional>

namespace ulak::kinds::smm {

/// What the panel's money shows at one poll.
struct poll_money {
    std::optional<money> reckoned{}; ///< what was booked, where the panel took more: that is the progress's cost now
    checked_refund refund{};         ///< of an order that is over
};

/// The event, the notices, the charge, the refund and the attention entries that follow from one transition, which the
/// run's progress shows already. Empty when nothing changed.
ledger::batch poll_changes(const shared_run& run, const transition& t,
                           const std::optional<providers::panel_status>& seen, const poll_money& moved = {});

} // namespace ulak::kinds::smm
