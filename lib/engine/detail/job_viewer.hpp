// Shows the jobs and their coming firings.
#pragma once

#include "engine/detail/runner.hpp"
#include "engine/detail/scheduler.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ulak::engine {

class job_viewer {
  public:
    job_viewer(const shared_state& shared, const runner& runs, const scheduler& schedules)
        : shared_(shared), runs_(runs), schedules_(schedules)
    {}

    std::vector<job_view> jobs() const; ///< by name
    std::optional<job_view> job(std::string_view name) const;
    /// See engine::next.
    result<std::vector<firing_view>> next(std::string_view job, std::size_t limit,
                                          std::optional<wall_point> from) const;

  private:
    job_view view_of(const job_entry& entry) const;
    job_view view_of_otp_by_hand() const;
    std::vector<firing_view> next_of_all(std::size_t limit, std::optional<wall_point> from) const;

    const shared_state& shared_;
    const runner& runs_;
    const scheduler& schedules_;
};

} // namespace ulak::engine
