// Finds out what became of an ambiguous purchase. The order is the same for every kind: find the effect, gather
// evidence, write what follows from it with the run's own state, and let the other runs of the account go on.
#pragma once

#include "kinds/purchase/account_activity.hpp"
#include "kinds/purchase/balance_evidence.hpp"
#include "kinds/purchase/balance_snapshot.hpp"
#include "kinds/purchase/reconcile_changes.hpp"
#include "kinds/run_context.hpp"

#include <memory>
#include <string>
#include <utility>

namespace ulak::kinds {

struct gathered_evidence {
    explicit gathered_evidence(balance_evidence balance_) : balance(std::move(balance_)) {}

    balance_evidence balance;
    bool not_executed = false; ///< it is proven that nothing was bought
    bool done = false;         ///< the source has written the outcome itself, or nothing is to be written; holds
                               ///< also when the daemon stops meanwhile
};

/// What a kind knows about its purchases: where evidence is found, and what is saved with the conclusion.
class evidence_source {
  public:
    virtual ~evidence_source() = default;

    /// Lists, balances, a repeat: whatever can prove it. May take minutes; ends soon when the run is stopped.
    virtual task<gathered_evidence> gather(const ledger::effect_record& lost) = 0;
    /// Commits the conclusion with the run's own state.
    virtual task<result<void>> save(ledger::batch changes, bool not_executed) = 0;
    /// What nobody can ask about any more when the answer is lost: "the order's number is lost".
    virtual std::string lost_with_the_answer() const = 0;
};

enum class reconcile_outcome {
    settled_by_source, ///< the source found it and wrote that down
    not_executed,      ///< nothing was bought: it may be tried again
    unresolved,        ///< an operator has to decide, or has decided
    stopped            ///< the daemon stops
};

/// Reconciles one purchase of this run. Afterwards no other run waits for it, whatever the outcome.
task<reconcile_outcome> reconcile(run_context& c, std::shared_ptr<providers::account> account, effect_id id,
                                  evidence_source& source);

/// It is not known, or not yet, whether it took effect.
bool is_open(ledger::effect_state s) noexcept;

/// The effect of this run as the store has it. errc::not_found
task<result<ledger::effect_record>> find_effect(run_context& c, effect_id id);

} // namespace ulak::kinds
