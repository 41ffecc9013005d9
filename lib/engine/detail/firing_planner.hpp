// What becomes of a job's firings that are due: runs, queued runs, or dropped, with everything to commit.
#pragma once

#include "engine/detail/run_factory.hpp"
#include "engine/detail/runner.hpp"

#include <set>
#include <string>
#include <vector>

namespace ulak::engine {

/// What one decision about a job's firings makes: one commit. The runs in `started` hold their slots.
struct firing_batch {
    ledger::batch changes{};
    std::vector<active_ptr> started{}, queued{};
    std::vector<run_id> replaced{}; ///< to be cancelled in favour of the new ones
    std::vector<firing_view> dropped{};
};

class firing_planner {
  public:
    firing_planner(const shared_state& shared, runner& runs, const run_factory& factory)
        : shared_(shared), runs_(runs), factory_(factory)
    {}

    /// In this order: what the schedule drops itself, a paused job, a firing that has its run already (its key is in
    /// `existing`), `overlap: skip` behind a run, a full queue. The rest becomes runs; the watermark moves in any case.
    firing_batch plan(const std::string& name, const std::shared_ptr<const loaded_job>& job,
                      const job::decision& decision, const std::set<std::string>& existing) const;

  private:
    struct one_job;

    void drop(const one_job& of, wall_point due, std::string reason, firing_batch& batch) const;
    void tell_of_missed(const one_job& of, std::size_t known, firing_batch& batch) const;
    void fire_one(const one_job& of, const job::due_firing& firing, firing_batch& batch) const;

    const shared_state& shared_;
    runner& runs_;
    const run_factory& factory_;
};

/// "schedule:JOB:TEXT:DUE": two daemons, or one that crashed, make a firing once.
std::string firing_key(const std::string& job, const job::schedule& schedule, wall_point due);

} // namespace ulak::engine
