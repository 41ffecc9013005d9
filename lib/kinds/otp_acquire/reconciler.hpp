// Finds out what became of an ambiguous purchase of a number, and of the one that a crash interrupted.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/otp_acquire/order_search.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/purchase/reconcile.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace ulak::kinds::otp {

/// Evidence is the provider's own list of orders where it has one (Tamonay), and the account's balance. All references
/// must outlive this object.
class reconciler : private evidence_source {
  public:
    /// `candidates`: how many the job has.
    reconciler(run_context& c, progress& p, std::size_t candidates)
        : context_(c), progress_(p), candidates_(candidates), search_(c)
    {}

    /// At the start of a run that holds no number: adopts an accepted purchase that the progress does not know of, and
    /// reconciles one that was left ambiguous. Nothing: a number is held, or another may be bought.
    /// Endings
    ///   failed       the store cannot be read
    ///   attention    as `reconcile`, or an operator resolved a purchase whose number's id nobody knows
    ///   interrupted  the daemon stops
    task<std::optional<ending>> resume();

    /// Gathers evidence for two minutes and settles the purchase by it, with its attention entry, in one commit.
    /// Nothing: the order was found and its number is held, or it is proven that none was bought.
    /// Endings
    ///   attention    the evidence proves neither, an operator was first, or the run is cancelled meanwhile
    ///   interrupted  the daemon stops; the purchase stays ambiguous for the next start
    task<std::optional<ending>> reconcile(effect_id id, std::shared_ptr<providers::account> account);

  private:
    task<gathered_evidence> gather(const ledger::effect_record& lost) override;
    task<result<void>> save(ledger::batch changes, bool not_executed) override;
    std::string lost_with_the_answer() const override { return "the number's id is lost"; }

    task<bool> search_list(const ledger::effect_record& lost, list_evidence& listed);
    task<gathered_evidence> weigh_balance(const ledger::effect_record& lost, const list_evidence& listed);
    task<bool> adopt_found(const ledger::effect_record& lost, const providers::number_order& found);
    void adopt(const ledger::effect_record& e);
    lost_order wanted(const ledger::effect_record& lost) const;

    run_context& context_;
    progress& progress_;
    const std::size_t candidates_;
    order_search search_;
    std::shared_ptr<providers::account> account_{}; ///< of the purchase that is being reconciled
};

} // namespace ulak::kinds::otp
