// How a stage of a run ends: with the next stage, with an early end of the sending, or with the end of the run.
#pragma once

#include "kinds/kind.hpp"

#include <optional>
#include <utility>

namespace ulak::kinds::sms {

class stage_result {
  public:
    /// The run continues with what comes next.
    static stage_result go_on() { return stage_result(); }
    /// Nothing more is sent; `progress::stop_reason` says why. The run still takes its counts and ends.
    static stage_result end_early()
    {
        stage_result r;
        r.ends_early_ = true;
        return r;
    }
    /// The run ends here and now.
    static stage_result leave(ending e)
    {
        stage_result r;
        r.ending_ = std::move(e);
        return r;
    }
    /// The daemon stops, or the store failed while it did: the run continues at the next start.
    static stage_result interrupt() { return leave(ending::stopped()); }
    /// An error of the store or of what the job asks for: an interruption if the daemon stops, else the run fails.
    static stage_result fail(const run_context& c, error why)
    {
        return c.stopping() ? interrupt() : leave(ending(ledger::run_state::failed, std::move(why)));
    }

    bool goes_on() const noexcept { return !ends_early_ && !ending_; }
    bool ends_early() const noexcept { return ends_early_; }
    /// Set when the run ends with this stage.
    const std::optional<ending>& run_ending() const noexcept { return ending_; }

  private:
    stage_result() = default;

    bool ends_early_ = false;
    std::optional<ending> ending_{};
};

} // namespace ulak::kinds::sms
