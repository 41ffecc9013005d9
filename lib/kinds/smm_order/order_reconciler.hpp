// Finds out what became of an order that nobody answered: by the balance, or an operator decides.
#pragma once

#include "kinds/purchase/reconcile.hpp"
#include "kinds/smm_order/shared_run.hpp"

#include <optional>
#include <string>

namespace ulak::kinds::smm {

class order_reconciler : private evidence_source {
  public:
    explicit order_reconciler(shared_run& run) : run_(run) {}

    /// nullopt: it is proven that the order was not placed. Else how the run ends.
    task<std::optional<ending>> reconcile(effect_id id);

    /// For a run that is resumed before its order was seen to be placed: takes over an order that was accepted and
    /// reconciles an ambiguous one. nullopt: go on with what the progress says.
    task<std::optional<ending>> resume();

  private:
    task<gathered_evidence> gather(const ledger::effect_record& lost) override;
    task<result<void>> save(ledger::batch changes, bool not_executed) override;
    std::string lost_with_the_answer() const override { return "the order's number is lost"; }
    task<result<void>> adopt(const ledger::effect_record& e);

    shared_run& run_;
};

} // namespace ulak::kinds::smm
