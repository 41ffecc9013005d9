// A run that is not final, in memory.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace ulak::engine {

/// `holds_slot`: it counts against its job's `concurrency`.
struct active_run {
    active_run(const kinds::run_environment& environment, ledger::run_record record,
               std::shared_ptr<const loaded_job> job_, std::map<std::string, std::string> params);

    const ledger::run_record& record() const noexcept { return context.run(); }
    std::string id() const { return record().id.text(); }

    std::shared_ptr<const loaded_job> job;
    kinds::run_context context;
    bool holds_slot = false;
    bool ending = false;                                   ///< its last commit is on the way
    std::optional<async::task_group::member_id> task_id{}; ///< nullopt while it is queued
    wall_point not_before{};                               ///< a queued run waits for this time (jitter)
    async::wait_queue<> waiters{};                         ///< callers that wait for its end
};

using active_ptr = std::shared_ptr<active_run>;

} // namespace ulak::engine
