#include "engine/detail/active_run.hpp"

namespace ulak::engine {

active_run::active_run(const kinds::run_environment& environment, ledger::run_record record,
                       std::shared_ptr<const loaded_job> job_, std::map<std::string, std::string> params)
    : job(std::move(job_)),
      context(environment, std::move(record), job->document.limits, job->document.notify, std::move(params))
{}

} // namespace ulak::engine
