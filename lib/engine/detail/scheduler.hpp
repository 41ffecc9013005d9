// Fires jobs by their schedules. What is due is decided from a watermark in the store, so that a stop, a crash, a
// suspend or a step of the clock shows as missed time and nothing fires twice.
#pragma once

#include "engine/detail/armed_schedules.hpp"
#include "engine/detail/firing_planner.hpp"
#include "engine/detail/missed_firings.hpp"
#include "engine/detail/run_canceller.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ulak::engine {

class scheduler {
  public:
    scheduler(shared_state& shared, runner& runs, const run_factory& factory, run_canceller& canceller)
        : shared_(shared), runs_(runs), canceller_(canceller), armed_(shared), planner_(shared, runs, factory)
    {}

    /// See armed_schedules::arm; nothing where schedules rest. Put off while the clock is in doubt.
    task<result<void>> arm();
    task<> load_missed() { return missed_.load(shared_); }

    /// Until the engine stops. Sleeps without any wake-up while nothing is scheduled, or while the clock is in doubt.
    task<> loop();

    std::vector<firing_view> next(const std::string& job, std::size_t limit, std::optional<wall_point> from) const;
    std::vector<firing_view> missed(std::string_view job) const { return missed_.of(job); }

  private:
    std::optional<async::steady_point> wake_time(bool disk_refused) const;
    task<bool> act();
    task<bool> take_back_early();
    task<bool> fire_due();
    task<bool> fire(std::string name);
    task<result<bool>> correct_watermark(std::string name);
    task<std::set<std::string>> existing_keys(std::string name, std::shared_ptr<const loaded_job> job,
                                              const job::decision& decision);
    void release(const firing_batch& batch);
    task<> carry_out(firing_batch batch);

    shared_state& shared_;
    runner& runs_;
    run_canceller& canceller_;
    armed_schedules armed_;
    firing_planner planner_;
    missed_firings missed_{};
    bool arm_later_ = false; ///< the clock was in doubt when the schedules were to be taken over
};

} // namespace ulak::engine
