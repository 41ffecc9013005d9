// A person's word on what nobody else could settle.
#pragma once

#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// Settles the entry, its effect, the effect's items and, with the last open entry of a run that ended as `attention`,
/// the run: all in one commit, with `also`. errc::not_found, errc::conflict (settled before), errc::invalid_argument
/// (outcome).
task<result<ledger::attention_record>> resolve_entry(shared_state& c, std::string id, std::string outcome, std::uint32_t uid,
                                                     ledger::batch also);

} // namespace ulak::engine
