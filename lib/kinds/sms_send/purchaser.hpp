// Makes one call of a run as a purchase: reserve, book, call, settle.
#pragma once

#include "kinds/sms_send/send_call.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <memory>
#include <vector>

namespace ulak::kinds::sms {

/// Items, counts and progress change in the commits of the purchase itself, so a crash at any moment leaves them in
/// line with the effect. All references must outlive it.
class purchaser {
  public:
    purchaser(run_context& c, const settings& s, std::shared_ptr<providers::account> account,
              stored_progress& progress);

    /// Any error: nothing was sent and nothing is spent, and the items are pending.
    /// - errc::denied_now: the window closed, or somebody may not be messaged any more, while the permit was waited
    ///   for; build the chunk again. The gate asks the same once more (`settlement::refused_by_gate`)
    /// - those of `reserve` and `book`
    /// - those of `settle`: the outcome could not be written
    task<result<settlement>> purchase(const send_call& call);

  private:
    task<result<void>> check_before_booking(const message_rules& rules);
    void start_pause_after_rehearsal();

    run_context& context_;
    const settings& settings_;
    std::shared_ptr<providers::account> account_;
    stored_progress& progress_;
};

} // namespace ulak::kinds::sms
