// Purchases without a final outcome when their run, or the daemon, has ended.
#pragma once

#include "core/error.hpp"
#include "ledger/ledger.hpp"

#include <string>
#include <vector>

namespace ulak::engine {

/// Effects without a final outcome: of one run, or of all (empty).
task<result<std::vector<ledger::effect_record>>> load_open_effects(ledger::ledger& store, std::string run);

/// Whether nobody knows, after settle_open, if the purchase took effect.
bool stays_ambiguous(const ledger::effect_record& effect) noexcept;

/// What becomes of each:
///   intent               not_sent: no byte had left; its recipients are pending again
///   dispatched           ambiguous, with an attention entry; its recipients are ambiguous
///   ambiguous, orphaned  stays, until evidence or an operator decides
ledger::batch settle_open(const std::vector<ledger::effect_record>& open, const std::string& evidence, wall_point now);

} // namespace ulak::engine
