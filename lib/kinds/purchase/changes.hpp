// What a purchase writes. Pure: from its record to the batches.
#pragma once

#include "kinds/purchase/answer.hpp"
#include "kinds/purchase/record.hpp"

namespace ulak::kinds {

/// The intent with every budget that limits it, the run's own changes, and `effect.intended`.
ledger::batch intent_changes(const purchase_record& p, const ledger::batch& own);

/// `budget.hit` and its notices.
ledger::batch budget_hit_changes(const purchase_record& p, const error& refusal);

ledger::batch dispatch_changes(const purchase_record& p);

/// The effect's outcome, the run's own changes and the events; an ambiguous outcome with its attention entry.
/// `answer` gives the provider's id and the charge of an accepted one.
ledger::batch outcome_changes(const purchase_record& p, const settlement& s, const purchase_answer& answer,
                              const ledger::batch& own);

} // namespace ulak::kinds
