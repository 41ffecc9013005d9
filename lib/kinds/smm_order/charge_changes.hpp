// What is written when a panel took another amount than was reckoned, and when it gives money back. Pure.
#pragma once

#include "kinds/smm_order/refund_check.hpp"
#include "kinds/smm_order/shared_run.hpp"

#include <optional>

namespace ulak::kinds::smm {

/// `reckoned`: the panel took more, which the progress's cost shows. It is booked and told, with an attention entry
/// where it is above `max_cost`. A charge in another unit is told when the order ends, and never booked.
void add_charge(const shared_run& run, outcome end, const providers::panel_status& seen,
                const std::optional<money>& reckoned, ledger::batch& changes);

/// The refund with the event that tells how sure it is; one that the balance contradicts goes to a person.
void add_refund(const shared_run& run, const checked_refund& refund, ledger::batch& changes);

} // namespace ulak::kinds::smm
