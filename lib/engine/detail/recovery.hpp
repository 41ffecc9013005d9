// What a crash left behind, settled before anything new begins.
#pragma once

#include "engine/detail/runner.hpp"

namespace ulak::engine {

/// Effects without a final outcome: of one run, or of all (empty).
task<result<std::vector<ledger::effect_record>>> load_open_effects(ledger::ledger& store, std::string run);

/// True for an effect of which, after settle_open, nobody knows what became of it.
bool stays_ambiguous(const ledger::effect_record& e) noexcept;

/// intent → not_sent (no byte had left), its items back to pending; dispatched → ambiguous with attention, its items
/// ambiguous. Effects that wait for evidence already stay as they are.
ledger::batch settle_open(const std::vector<ledger::effect_record>& open, const std::string& evidence, wall_point now);

/// Settles all effects in one commit, then puts every run that is not final back to work by its stored definition.
task<result<void>> recover(shared_state& c, runner& runs);

} // namespace ulak::engine
