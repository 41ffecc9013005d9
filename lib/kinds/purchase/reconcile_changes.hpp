// What the reconciliation of an ambiguous purchase writes.
#pragma once

#include "kinds/purchase/balance_evidence.hpp"
#include "kinds/run_context.hpp"

#include <string>
#include <string_view>

namespace ulak::kinds {

/// The provider's id of an effect of which only an operator says that it took place: this, and the entry's id.
inline constexpr std::string_view operator_ref_prefix = "resolved:";

/// The evidence settles it: the effect's new state, its attention entry resolved with `outcome`, and the event.
task<ledger::batch> reconciled_changes(run_context& c, const ledger::effect_record& lost, ledger::move_effect move,
                                       std::string outcome);

/// It is proven that nothing was bought: `not_executed`, and the entry resolved as "not-done".
task<ledger::batch> not_executed_changes(run_context& c, const ledger::effect_record& lost, std::string evidence);

/// The evidence settles nothing: it is kept with the effect and shown in its entry, which stays open for an operator.
/// Charged: the money is gone and the provider's id is lost, so the effect is orphaned. Empty without evidence.
ledger::batch unresolved_changes(run_context& c, const ledger::effect_record& lost, const balance_evidence& found);

/// Resolves an attention entry if it is open; empty if it is not.
task<ledger::batch> resolve_attention_changes(run_context& c, std::string id, std::string outcome);

} // namespace ulak::kinds
