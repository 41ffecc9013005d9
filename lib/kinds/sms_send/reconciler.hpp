// Finds out what became of an ambiguous send: by the provider's list, by a safe repetition, or by the balance.
#pragma once

#include "kinds/purchase/reconcile.hpp"
#include "kinds/read_failures.hpp"
#include "kinds/sms_send/list_search.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <memory>
#include <string>
#include <utility>

namespace ulak::kinds::sms {

/// How a run continues after a reconciliation.
struct reconciliation {
    explicit reconciliation(stage_result s, bool again = false) : stage(std::move(s)), pending_again(again) {}

    stage_result stage;
    bool pending_again; ///< nothing was sent: the recipients of the call are pending once more
};

/// Where the evidence on an ambiguous call is found, and what becomes of its items in the same commit. What stays
/// ambiguous is in `attention` with the evidence, and the run goes on without it. All references must outlive it.
///
///   evidence                                          | effect           | items
///   --------------------------------------------------+------------------+------------
///   the provider's list shows it                      | accepted         | submitted
///   a repetition was accepted                         | accepted         | submitted
///   a repetition was refused, the list never shows it | orphaned         | ambiguous
///   somebody of it opted out, so it is not repeated   | ambiguous        | ambiguous
///   the balance did not move                          | not_executed     | pending
///   the balance fell by the price                     | orphaned         | ambiguous
///   none of these                                     | ambiguous        | ambiguous
class reconciler : private evidence_source {
  public:
    reconciler(run_context& c, const settings& s, std::shared_ptr<providers::account> account,
               stored_progress& progress);

    /// Waits for minutes if need be; a cancellation or a stop ends it early and leaves the call ambiguous. Does nothing
    /// for a call that is not ambiguous. Afterwards other runs may buy from the account again.
    task<reconciliation> reconcile(effect_id id);

  private:
    task<gathered_evidence> gather(const ledger::effect_record& call) override;
    task<result<void>> save(ledger::batch changes, bool not_executed) override;
    std::string lost_with_the_answer() const override;

    task<gathered_evidence> gather_by_list(providers::sms_order_list& list, const ledger::effect_record& call);
    task<bool> find_in_list(providers::sms_order_list& list, const ledger::effect_record& call, std::string& evidence);
    task<bool> repeat(providers::sms_order_list& list, const ledger::effect_record& call, balance_evidence& known);
    task<result<void>> adopt_queue(const ledger::effect_record& call, std::string queue);
    ledger::move_items move_ambiguous(const effect_id& call, ledger::item_state to) const;

    run_context& context_;
    const settings& settings_;
    std::shared_ptr<providers::account> account_;
    stored_progress& progress_;
    read_failures failures_;
    effect_id call_{}; ///< the one that is being reconciled
};

} // namespace ulak::kinds::sms
