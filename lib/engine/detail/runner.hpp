// Runs in memory: queued, begun, driven to their end, and taken out of memory then.
#pragma once

#include "engine/detail/active_runs.hpp"
#include "engine/detail/job_slots.hpp"
#include "engine/detail/run_finisher.hpp"
#include "engine/detail/run_queue.hpp"

#include <optional>
#include <string>

namespace ulak::engine {

/// Must outlive the run tasks of the shared state.
class runner {
  public:
    explicit runner(shared_state& shared) : shared_(shared), finisher_(shared) {}

    bool reserve(active_run& run) { return slots_.reserve(run); }
    /// The next queued run of any job may take the slot.
    void release(active_run& run);

    /// Drives a run whose slot is reserved and that is stored as running. While the engine stops it is left for the
    /// next start.
    void launch(active_ptr run);
    /// Keeps a run that is stored as queued.
    void enqueue(active_ptr run);
    /// After a restart: queues or drives the run, by its record.
    void restore(active_ptr run);

    /// Begins queued runs whose time has come, as far as slots are free. False: the disk refused.
    task<bool> start_due();

    /// Takes a run that is final out of memory and wakes whoever waits for it.
    void remove(const active_ptr& run);

    /// Asks every run to leave with everything in the store.
    void stop_all();

    run_queue& queue() noexcept { return queue_; }
    const run_queue& queue() const noexcept { return queue_; }
    const active_runs& active() const noexcept { return active_; }
    std::size_t running(const std::string& job) const { return slots_.running(job); }
    std::size_t running_count() const noexcept { return active_.size() - queue_.size(); } ///< of all jobs

  private:
    void remember_last(const active_run& run);
    task<result<bool>> start_queued(active_ptr run);
    task<> drive(active_ptr run);

    shared_state& shared_;
    run_finisher finisher_;
    active_runs active_{};
    job_slots slots_{};
    run_queue queue_{}; ///< some of the active ones
};

} // namespace ulak::engine
