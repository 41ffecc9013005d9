// When the next call may be made: the job's pace, then its window, and nobody holds the run.
#pragma once

#include "async/rate_limiter.hpp"
#include "kinds/run_context.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <optional>
#include <vector>

namespace ulak::kinds::sms {

/// What a call to these recipients takes from the pace.
double tokens_for(const yaml::rate_value& pace, const std::vector<ledger::item_record>& chunk);

/// Makes a run wait for its pace, for its window, and while a person holds it; it shows as `paused` meanwhile. All
/// references must outlive it.
class send_pacer {
  public:
    send_pacer(run_context& c, const settings& s, stored_progress& progress);

    /// Goes on when a call to this chunk may be made. Ends early on a cancellation, and where the window never opens.
    task<stage_result> wait_for_turn(const std::vector<ledger::item_record>& chunk);

  private:
    task<> wait_for_pace(double tokens);
    task<bool> wait_for_window();
    task<bool> wait_while_held();

    run_context& context_;
    const settings& settings_;
    stored_progress& progress_;
    std::optional<async::rate_limiter> limiter_{};
};

} // namespace ulak::kinds::sms
