// What evidence can settle an effect of which nobody knows whether it took place.
#pragma once

#include "kinds/context.hpp"

#include <optional>
#include <string>

namespace ulak::kinds {

/// When to look for evidence, counted from the first look-out: a provider may book minutes later.
inline constexpr std::array<std::chrono::seconds, 5> evidence_times{std::chrono::seconds(2), std::chrono::seconds(10),
                                                                    std::chrono::seconds(30), std::chrono::seconds(60),
                                                                    std::chrono::seconds(120)};

/// The effect as the store has it.
task<result<ledger::effect_record>> find_effect(context& c, effect_id id);

/// Whether something else of ours moved the account's balance since then.
task<bool> account_is_quiet(context& c, const std::string& account, const effect_id& but, wall_point since);

enum class finding {
    unknown,
    charged,     ///< the balance fell by exactly what it should cost, and stayed there
    not_charged, ///< the balance stayed, at every look
    interrupted  ///< the daemon stops, or a person cancels
};

/// Compares the balance with the one before the purchase. Only where nobody else spends from the account and nothing
/// else of ours did meanwhile; otherwise `unknown`, at once.
task<finding> ask_balance(context& c, const providers::account& who, std::optional<money> before,
                          const ledger::effect_record& lost);

/// The changes that settle the doubt: the effect's state, its entry in `attention`, the event.
task<ledger::batch> settled_by_evidence(context& c, const ledger::effect_record& lost, ledger::move_effect move,
                                        std::string outcome);

/// Closes an entry of `attention` if it is open; nothing if it is not.
task<ledger::batch> close_entry(context& c, std::string id, std::string outcome);

} // namespace ulak::kinds
