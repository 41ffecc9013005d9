#include "engine/detail/attention_decision.hpp"

#include "core/text.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/registry.hpp"

namespace ulak::engine {

using ledger::effect_state;
using ledger::item_state;

namespace {

/// Kinds end a message with it when a run needs an operator.
constexpr std::string_view attention_hint = ", see attention";

effect_state state_after(effect_state before, const std::string& outcome, bool about_refund)
{
    if (outcome == outcome_write_off)
        return effect_state::written_off;
    const bool orphaned = before == effect_state::orphaned;
    if (orphaned && about_refund)
        return outcome == outcome_done ? effect_state::refunded : effect_state::accepted;
    if (outcome == outcome_done)
        return effect_state::accepted;
    // What was charged for an orphan has come back, if it did not take effect.
    return orphaned ? effect_state::refunded : effect_state::not_executed;
}

} // namespace

bool is_outcome(std::string_view outcome) noexcept
{
    return outcome == outcome_done || outcome == outcome_not_done || outcome == outcome_write_off;
}

attention_decision decide(const ledger::attention_record& entry, std::string outcome,
                          std::span<const kinds::kind> known, wall_point at)
{
    const auto* declared = kinds::find_failure_entry(known, entry.kind);
    return attention_decision{entry, std::move(outcome), declared && declared->about_refund, at};
}

ledger::move_effect effect_resolution(const ledger::effect_record& effect, const attention_decision& decision)
{
    ledger::move_effect move(effect.id, state_after(effect.state, decision.outcome, decision.about_refund));
    move.at = decision.at;
    if (move.to == effect_state::accepted && effect.provider_ref.empty())
        move.provider_ref = std::string(kinds::operator_ref_prefix) + decision.entry.id;
    return move;
}

std::optional<ledger::refund_effect> refund_resolution(const ledger::effect_record& effect,
                                                       const attention_decision& decision)
{
    if (!decision.about_refund || decision.outcome != outcome_done || effect.state != effect_state::accepted)
        return std::nullopt;
    const bool same_unit = effect.charged && effect.charged->unit == effect.expected.unit;
    const decimal left = (same_unit ? effect.charged->amount : effect.expected.amount) - effect.refunded;
    if (left <= decimal())
        return std::nullopt;
    ledger::refund_effect refund;
    refund.id = effect.id;
    refund.amount = left;
    refund.at = decision.at;
    return refund;
}

ledger::move_items items_resolution(const ledger::effect_record& effect, const attention_decision& decision)
{
    ledger::move_items move;
    move.run = effect.run;
    move.by_effect = effect.id;
    move.from = item_state::ambiguous;
    move.to = decision.outcome == outcome_done ? item_state::submitted : item_state::rejected;
    if (decision.outcome == outcome_not_done)
        move.reason = "not sent";
    else if (decision.outcome == outcome_write_off)
        move.reason = "written off";
    return move;
}

bool counts_as_success(std::span<const kinds::kind> known, std::string_view entry_kind,
                       std::string_view outcome) noexcept
{
    return outcome == outcome_done && !kinds::find_failure_entry(known, entry_kind);
}

std::string resolved_text(std::string message, const std::string& outcome)
{
    if (const auto at = message.find(attention_hint); at != std::string::npos)
        message.erase(at, attention_hint.size());
    return joined(message, "; ", "a person has settled it: " + outcome);
}

} // namespace ulak::engine
