// What evidence can settle an effect of which nobody knows whether it took place.
#pragma once

#include "kinds/context.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ulak::kinds {

/// When to look for evidence, counted from the first look-out: a provider may book minutes later.
inline constexpr std::array<std::chrono::seconds, 5> evidence_times{std::chrono::seconds(2), std::chrono::seconds(10),
                                                                    std::chrono::seconds(30), std::chrono::seconds(60),
                                                                    std::chrono::seconds(120)};

/// The provider's id of an effect of which only a person knows that it took place: this, and the entry's id.
inline constexpr std::string_view word_of_a_person = "resolved:";

/// A balance, and when it began to be read.
struct known_balance {
    known_balance() = default;

    money amount{};
    wall_point at{};
};
void put_balance(boost::json::object& o, const std::optional<known_balance>& b); ///< "before" and "before_at"
std::optional<known_balance> balance_field(const boost::json::object& o);

/// Read right before a purchase, under its permit. Nothing where the account shows no balance; of an account that
/// others use too it is a hint only, and not waited for long.
task<std::optional<known_balance>> balance_before(context& c, const providers::account& who);

/// The effect as the store has it.
task<result<ledger::effect_record>> find_effect(context& c, effect_id id);

/// Whether nothing else of ours was, or may have been, charged to the account since then.
task<bool> account_is_quiet(context& c, const std::string& account, const effect_id& but, wall_point since);

/// Whether money of our other purchases may have come back to the account since then: a refund as high as a charge
/// hides it.
task<bool> money_may_come_back(context& c, const providers::account& who, const effect_id& but, wall_point since);

enum class finding {
    unknown,
    charged,     ///< the balance fell by exactly what it should cost, and stayed there
    not_charged, ///< the balance stayed, at every look, and nothing can have come back
    interrupted  ///< the daemon stops, or a person cancels
};

/// `evidence` is for a person: the balances, and why they do or do not tell.
struct balance_word {
    explicit balance_word(finding what_, std::string evidence_ = {}) : what(what_), evidence(std::move(evidence_)) {}

    finding what;
    std::string evidence;
};

enum class looks { all, one };

/// Compares the balance with the one before the purchase. Settles something only where nobody else spends from the
/// account and nothing else of ours did meanwhile; elsewhere it looks once, for the evidence.
task<balance_word> ask_balance(context& c, const providers::account& who, std::optional<known_balance> before,
                               const ledger::effect_record& lost, looks how_often = looks::all);

/// The changes that settle the doubt: the effect's state, its entry in `attention`, the event.
task<ledger::batch> settled_by_evidence(context& c, const ledger::effect_record& lost, ledger::move_effect move,
                                        std::string outcome);

/// What was found although it leaves the doubt to a person: kept with the effect, and shown in its entry. Charged: the
/// money is gone and the provider's id is lost, so the effect is orphaned.
ledger::batch left_to_a_person(context& c, const ledger::effect_record& lost, const balance_word& found);

/// Closes an entry of `attention` if it is open; nothing if it is not.
task<ledger::batch> close_entry(context& c, std::string id, std::string outcome);

/// Before anything new is bought from an account whose balance is evidence: waits until the doubts of other runs there
/// have been looked into, as after a restart. Returns early when the run is cancelled or stopped.
task<> wait_for_doubts(context& c, providers::account& who);

} // namespace ulak::kinds
