// Runs that wait because an account changed: what they bought was bought at another site, or under another login, than
// the account has now. Nothing is asked, cancelled or bought for them until the account is what it was, or a person
// says that it is the same wallet. Each has an attention entry, which is closed when the run goes on.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ulak::engine {

/// Every unfinished run passes `hold` before it goes on, at start and after a reload.
class held_runs {
  public:
    explicit held_runs(shared_state& shared) : shared_(shared) {}

    /// Reads what `hold` compares with. Call it, under the attention lock, before a series of `hold`.
    task<result<void>> load();
    /// Whether the run has to wait. It gets its entry then, or loses it when it has to wait no longer.
    task<result<bool>> hold(const ledger::run_record& run);
    /// The run is final.
    void forget(const run_id& run) { runs_.erase(run.text()); }
    bool waits(const run_id& run) const { return runs_.contains(run.text()); }
    /// What changed and what a person can do, for a run that waits; else empty.
    std::string why(const run_id& run) const;
    /// What closes the run's entry, with the reason; empty without one.
    ledger::batch closing(const run_id& run, const std::string& reason) const;
    /// False: a run waits whose job cannot be prepared as things are, so that nobody knows what it will ask for. The
    /// jobs of the others are kept in the catalog while they wait.
    bool knows_all_jobs() const;

    std::vector<run_id> all() const;

    /// Under which other identities the account bought what may still be open: of runs that wait, and lately.
    task<result<std::set<std::string>>> former_identities(const providers::account& account);

  private:
    task<result<std::map<std::string, std::string>>> changed_accounts(const ledger::run_record& run, money& at_stake);
    std::string change_of(const ledger::effect_record& e, bool waits) const;
    const ledger::identity_record* find_identity(const std::string& id) const;
    task<result<void>> raise(const ledger::run_record& run, const std::map<std::string, std::string>& changed,
                             const money& at_stake);
    task<result<void>> close(const ledger::run_record& run);

    shared_state& shared_;
    std::map<std::string, std::shared_ptr<const loaded_job>> runs_{}; ///< nullptr: cannot be prepared
    std::vector<ledger::identity_record> identities_{};
    std::map<std::string, ledger::attention_record> entries_{}; ///< by run; open
};

} // namespace ulak::engine
