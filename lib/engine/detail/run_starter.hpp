// Starts runs on request: by a job's name or by a definition of the caller's own, once per idempotency key.
#pragma once

#include "engine/detail/run_factory.hpp"
#include "engine/detail/runner.hpp"

#include <optional>
#include <string>

namespace ulak::engine {

class run_starter {
  public:
    run_starter(shared_state& shared, runner& runs, const run_factory& factory)
        : shared_(shared), runs_(runs), factory_(factory)
    {}

    /// See engine::start_run and engine::find_existing.
    task<result<start_result>> start(start_request request);
    task<result<std::optional<start_result>>> find_existing(const start_request& request);
    /// See engine::plan.
    task<result<boost::json::object>> plan(std::string job, boost::json::object params);

  private:
    result<start_result> match_existing(const start_request& request, const ledger::run_record& before);
    result<std::shared_ptr<const loaded_job>> requested_job(const start_request& request) const;
    result<active_ptr> admit(const start_request& request);
    task<result<void>> check_earlier_run(const start_request& request);
    task<result<start_result>> start_new(const start_request& request);

    shared_state& shared_;
    runner& runs_;
    const run_factory& factory_;
};

} // namespace ulak::engine
