// The schedules in force, each with its watermark: the moment up to which its firings are decided.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ulak::engine {

struct armed_schedule {
    /// Also computes the next firing.
    void move_watermark(wall_point to);

    std::shared_ptr<const loaded_job> job{};
    std::string text{}; ///< of the schedule: another text counts anew
    wall_point watermark{};
    std::optional<wall_point> next{};
};

class armed_schedules {
  public:
    explicit armed_schedules(shared_state& shared) : shared_(shared) {}

    /// Takes over the schedules of all jobs in force, with the watermarks that the store has. A schedule that is seen
    /// for the first time counts from now; so does one whose job was disabled until now. An error is the disk's: some
    /// are armed then, and the call can be repeated.
    task<result<void>> arm();

    /// nullptr: the job is disabled, on demand, or gone.
    armed_schedule* find(const std::string& job);
    const armed_schedule* find(const std::string& job) const;

    /// Jobs with a firing that is due, or with a watermark that a wrong clock has set.
    std::vector<std::string> due(wall_point now) const;
    std::optional<wall_point> next_firing() const;

  private:
    using loaded_ptr = std::shared_ptr<const loaded_job>;

    task<result<void>> load_disabled();
    task<result<void>> arm_one(std::string name, loaded_ptr job, ledger::batch& changes);
    void disarm(const std::string& name, const loaded_ptr& job, ledger::batch& changes);

    shared_state& shared_;
    std::map<std::string, armed_schedule> armed_{}; ///< by job
    std::set<std::string, std::less<>> disabled_{}; ///< as stored: what is enabled again counts anew
    bool disabled_loaded_ = false;
};

/// A watermark further ahead than this was set by a clock that was wrong.
inline constexpr auto max_clock_lead = std::chrono::hours(1);

} // namespace ulak::engine
