// Resolves an attention entry on an operator's decision, or on evidence that arrives later.
#pragma once

#include "engine/detail/attention_decision.hpp"
#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// Settles the entry, its purchase, the purchase's recipients and, with the last open entry of a run that ended as
/// `attention`, the run: all in one commit, with `also`. Returns the entry as it is stored then.
/// errc::invalid_argument: no such outcome
/// errc::not_found: no such entry
/// errc::conflict: it was resolved before
/// errc::unavailable: the disk refuses; nothing has changed
task<result<ledger::attention_record>> resolve_entry(shared_state& shared, std::string id, std::string outcome,
                                                     std::uint32_t uid, ledger::batch also);

} // namespace ulak::engine
