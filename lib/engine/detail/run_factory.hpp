// Makes new runs of jobs, and says what is committed with them.
#pragma once

#include "engine/detail/active_run.hpp"

#include <map>
#include <memory>
#include <string>

namespace ulak::engine {

/// A new run that is neither stored nor in memory.
struct draft {
    draft(ledger::run_record run_, std::shared_ptr<const loaded_job> job_, std::map<std::string, std::string> params_)
        : run(std::move(run_)), job(std::move(job_)), params(std::move(params_))
    {}
    ledger::run_record run;
    std::shared_ptr<const loaded_job> job;
    std::map<std::string, std::string> params;
};

class run_factory {
  public:
    explicit run_factory(const shared_state& shared) : shared_(shared) {}

    /// The version in force. errc::not_found: no such job; errc::conflict: broken, and there is no good version.
    result<std::shared_ptr<const loaded_job>> find_startable(const std::string& job) const;

    /// Whether its kind may make calls that cost.
    bool spends(const loaded_job& job) const;

    /// A queued run with a fresh id. errc::invalid_argument for its parameters.
    result<draft> new_draft(const std::string& job, std::shared_ptr<const loaded_job> loaded,
                            const boost::json::object& params, const std::string& trigger) const;
    active_ptr make_active(draft d) const;

    /// What is committed when the run begins at once: the run, its event, its notices; of a queued one the run alone.
    ledger::batch initial_changes(const active_run& run) const;

  private:
    const shared_state& shared_;
};

} // namespace ulak::engine
