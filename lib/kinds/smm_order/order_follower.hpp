// Follows a placed order until the panel ends it, or the run gives it up.
#pragma once

#include "kinds/smm_order/poll_changes.hpp"
#include "kinds/smm_order/shared_run.hpp"

#include <optional>
#include <string>

namespace ulak::kinds::smm {

class order_follower {
  public:
    explicit order_follower(shared_run& run) : run_(run) {}

    /// Polls by the rules of the panel machine. A cancelled run leaves the order to the panel, which documents no
    /// cancel; a stopped one goes on here at the next start. `attention` when the order was given up, or when the store
    /// refuses what the panel said about a paid order.
    task<ending> follow();

  private:
    task<std::optional<providers::panel_status>> poll();
    task<poll_money> look_at_money(outcome end, const std::optional<providers::panel_status>& seen);
    task<result<void>> save_poll(const transition& t, const std::optional<providers::panel_status>& seen);
    ending ending_of(outcome end) const;
    ending left_behind() const;

    shared_run& run_;
};

} // namespace ulak::kinds::smm
