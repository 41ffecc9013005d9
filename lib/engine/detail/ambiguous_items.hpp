// Recipients that wait for the outcome of an ambiguous purchase, and the counts of a run that follow from it.
#pragma once

#include "core/error.hpp"
#include "engine/detail/attention_decision.hpp"
#include "ledger/ledger.hpp"

namespace ulak::engine {

/// How many recipients of its run wait for the outcome of this purchase.
task<result<std::int64_t>> count_ambiguous_items(ledger::ledger& store, const ledger::effect_record& effect);

/// The counts of a run that ended as `attention`, once the decision has moved the recipients of the purchase. nullopt:
/// the run is under way and counts for itself, or it shows no counts.
task<result<std::optional<ledger::update_run>>> counts_after(ledger::ledger& store, const ledger::effect_record& effect,
                                                             const attention_decision& decision);

/// Whether recipients of the entry's run are still open once those of the entry's own purchase are settled.
task<result<bool>> has_other_open_items(ledger::ledger& store, const ledger::attention_record& entry);

} // namespace ulak::engine
