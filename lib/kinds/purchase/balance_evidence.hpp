// What a balance shows of a purchase that nobody answered: after = before - charges + refunds - what is asked for.
#pragma once

#include "kinds/purchase/balance_snapshot.hpp"
#include "kinds/run_context.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace ulak::kinds {

/// When evidence is read, counted from the first moment: a provider may book minutes later.
inline constexpr std::array<std::chrono::seconds, 5> evidence_schedule{
    std::chrono::seconds(2), std::chrono::seconds(10), std::chrono::seconds(30), std::chrono::seconds(60),
    std::chrono::seconds(120)};

enum class charge_finding {
    unknown,
    charged,     ///< the balance fell by exactly the expected amount, and stayed there
    not_charged, ///< the balance stayed at every read, and no refund can have hidden a charge
    interrupted  ///< the daemon stops, or the run is cancelled
};

/// `text` is for an operator: the balances, and why they do or do not prove anything.
struct balance_evidence {
    explicit balance_evidence(charge_finding finding_, std::string text_ = {})
        : finding(finding_), text(std::move(text_))
    {}

    charge_finding finding;
    std::string text;
};

enum class balance_reads { all, one };

/// What two balances alone say of a purchase for `expected`.
charge_finding compare_balances(const money& before, const money& now, const money& expected);

/// Compares the balance with the one before the purchase, at each moment of the schedule. It proves something only
/// where nobody else spends from the account and nothing else of ours did meanwhile; of a shared account it is read
/// once, as a hint. `unknown` when there is no balance to compare.
task<balance_evidence> gather_balance_evidence(run_context& c, const providers::account& account,
                                               std::optional<balance_snapshot> before,
                                               const ledger::effect_record& lost,
                                               balance_reads how_often = balance_reads::all);

} // namespace ulak::kinds
