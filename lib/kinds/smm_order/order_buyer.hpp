// Places the order, once.
#pragma once

#include "kinds/purchase/purchase.hpp"
#include "kinds/smm_order/checked_order.hpp"
#include "kinds/smm_order/link_guard.hpp"
#include "kinds/smm_order/order_reconciler.hpp"
#include "kinds/smm_order/shared_run.hpp"

#include <optional>
#include <string>

namespace ulak::kinds::smm {

class order_buyer {
  public:
    /// All must outlive the buyer.
    order_buyer(shared_run& run, link_guard& guard, order_reconciler& reconciler)
        : run_(run), guard_(guard), reconciler_(reconciler)
    {}

    /// Waits for the link, checks the order against the panel's list and buys it; tries again where it is proven that
    /// nothing was ordered. nullopt: the order is placed and the progress names it. Else how the run ends.
    task<std::optional<ending>> place();

  private:
    task<std::optional<ending>> place_once(const checked_order& checked, int attempt);
    task<result<settlement>> buy(const checked_order& checked);
    task<result<void>> check_before_booking(const money& cost);
    task<std::optional<ending>> after_refusal(const settlement& s, int attempt);
    ledger::batch progress_changes() const;
    ledger::batch placed_changes(const effect_id& effect, const std::string& order_id, const checked_order& checked);

    shared_run& run_;
    link_guard& guard_;
    order_reconciler& reconciler_;
};

} // namespace ulak::kinds::smm
