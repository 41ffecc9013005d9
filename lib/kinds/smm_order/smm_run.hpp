// One run of `smm.order`: owns the parts and decides which one acts.
#pragma once

#include "kinds/smm_order/link_guard.hpp"
#include "kinds/smm_order/order_buyer.hpp"
#include "kinds/smm_order/order_follower.hpp"
#include "kinds/smm_order/order_reconciler.hpp"
#include "kinds/smm_order/shared_run.hpp"

#include <memory>
#include <utility>

namespace ulak::kinds::smm {

/// Lives in the frame of `order_job::run`; the context and the settings must outlive it.
class smm_run {
  public:
    smm_run(run_context& c, const settings& s, std::shared_ptr<providers::account> account, progress p)
        : run_(c, s, std::move(account), std::move(p))
    {}

    /// From where the progress stands: reconciles what a crash left behind, places the order, follows it.
    task<ending> execute();

  private:
    shared_run run_;
    link_guard guard_{run_};
    order_reconciler reconciler_{run_};
    order_buyer buyer_{run_, guard_, reconciler_};
    order_follower follower_{run_};
};

} // namespace ulak::kinds::smm
