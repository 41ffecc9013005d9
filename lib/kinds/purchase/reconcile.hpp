// What evidence can settle an effect of which nobody knows whether it took place.
#pragma once

#include "kinds/run_context.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ulak::kinds {

/// When to look for evidence, counted from the first look-out: a provider may book minutes later.
inline constexpr std::array<std::chrono::seconds, 5> evidence_schedule{
    std::chrono::seconds(2), std::chrono::seconds(10), std::chrono::seconds(30), std::chrono::seconds(60),
    std::chrono::seconds(120)};

/// The provider's id of an effect of which only a person knows that it took place: this, and the entry's id.
inline constexpr std::string_view operator_ref_prefix = "resolved:";

/// A balance, and when it began to be read.
struct balance_snapshot {
    balance_snapshot() = default;

    money amount{};
    wall_point at{};
};
void put_balance(boost::json::object& o, const std::optional<balance_snapshot>& b); ///< "before" and "before_at"
std::optional<balance_snapshot> balance_field(const boost::json::object& o);

/// Read right before a purchase, under its permit. Nothing where the account shows no balance; of an account that
/// others use too it is a hint only, and not waited for long.
task<std::optional<balance_snapshot>> read_balance_snapshot(run_context& c, const providers::account& who);

/// The effect as the store has it.
task<result<ledger::effect_record>> find_effect(run_context& c, effect_id id);

/// Whether nothing else of ours was, or may have been, charged to the account since then.
task<bool> no_other_charges_since(run_context& c, const std::string& account, const effect_id& but, wall_point since);

/// Whether money of our other purchases may have come back to the account since then: a refund as high as a charge
/// hides it.
task<bool> refunds_possible_since(run_context& c, const providers::account& who, const effect_id& but,
                                  wall_point since);

enum class charge_finding {
    unknown,
    charged,     ///< the balance fell by exactly what it should cost, and stayed there
    not_charged, ///< the balance stayed, at every look, and nothing can have come back
    interrupted  ///< the daemon stops, or a person cancels
};

/// `evidence` is for a person: the balances, and why they do or do not tell.
struct balance_evidence {
    explicit balance_evidence(charge_finding what_, std::string evidence_ = {})
        : finding(what_), text(std::move(evidence_))
    {}

    charge_finding finding;
    std::string text;
};

enum class balance_reads { all, one };

/// Compares the balance with the one before the purchase. Settles something only where nobody else spends from the
/// account and nothing else of ours did meanwhile; elsewhere it looks once, for the evidence.
task<balance_evidence> gather_balance_evidence(run_context& c, const providers::account& who,
                                               std::optional<balance_snapshot> before,
                                               const ledger::effect_record& lost,
                                               balance_reads how_often = balance_reads::all);

/// The changes that settle the doubt: the effect's state, its entry in `attention`, the event.
task<ledger::batch> reconciled_changes(run_context& c, const ledger::effect_record& lost, ledger::move_effect move,
                                       std::string outcome);

/// What was found although it leaves the doubt to a person: kept with the effect, and shown in its entry. Charged: the
/// money is gone and the provider's id is lost, so the effect is orphaned.
ledger::batch unresolved_changes(run_context& c, const ledger::effect_record& lost, const balance_evidence& found);

/// Closes an entry of `attention` if it is open; nothing if it is not.
task<ledger::batch> resolve_attention_changes(run_context& c, std::string id, std::string outcome);

/// Before anything new is bought from an account whose balance is evidence: waits until the doubts of other runs there
/// have been looked into, as after a restart. Returns early when the run is cancelled or stopped.
task<> wait_for_reconciliation(run_context& c, providers::account& who);

} // namespace ulak::kinds
