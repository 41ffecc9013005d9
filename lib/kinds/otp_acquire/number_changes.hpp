// Changes that record what happened to a number, for one commit with the run's progress: events, the attention entry,
// notices, the refund and the run's result.
#pragma once

#include "kinds/otp_acquire/code.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/run_context.hpp"

#include <string>

namespace ulak::kinds::otp {

/// A number has been bought. Event `number.ordered`.
ledger::batch ordered_changes(const run_context& c, const held_number& n);

/// Its price is at risk: no refund was confirmed, or the code cannot be read. An attention entry with its event; for a
/// missing refund also the event `number.refund-missing` and the notices of that moment.
ledger::batch alarm_changes(run_context& c, const held_number& n);

/// It has come to the end that its state describes. `code` is the delivered code; it goes into the result in `update`
/// and into no event. A refund that is confirmed, and not merely promised after the alarm, is given back to the budget.
ledger::batch final_changes(run_context& c, const held_number& n, const extracted_code& found,
                            ledger::update_run& update);

/// What the number's end means for the run's progress: delivered, cancelled or at risk, and no number held any more.
void release_number(progress& p);

} // namespace ulak::kinds::otp
