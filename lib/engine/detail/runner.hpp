// The runs: begun, kept waiting, cancelled, waited for, and brought to their end.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ulak::engine {

/// A run that is not final, in memory. `holds_slot`: it counts against its job's `concurrency`.
struct active_run {
    active_run(const kinds::run_environment& around, ledger::run_record record, std::shared_ptr<const loaded_job> job_,
               std::map<std::string, std::string> params);

    std::shared_ptr<const loaded_job> job;
    kinds::run_context ctx;
    bool holds_slot = false;
    bool ending = false;                                  ///< its last commit is on the way
    std::optional<async::task_group::member_id> task_id{}; ///< nothing while it is queued
    wall_point not_before{};                              ///< of a queued one: jitter
    async::wait_queue<> waiters{};
};

using active_ptr = std::shared_ptr<active_run>;

/// A run that is not anywhere yet.
struct draft {
    draft(ledger::run_record run_, std::shared_ptr<const loaded_job> job_, std::map<std::string, std::string> params_)
        : run(std::move(run_)), job(std::move(job_)), params(std::move(params_))
    {}
    ledger::run_record run;
    std::shared_ptr<const loaded_job> job;
    std::map<std::string, std::string> params;
};

class runner {
  public:
    explicit runner(shared_state& c) : shared_(c) {}

    task<result<start_result>> start(start_request r);
    /// The run that has the request's key, if it has one and a run has it.
    task<result<std::optional<start_result>>> find_existing(const start_request& r);
    task<result<ledger::run_record>> wait(run_id id, async::steady_point deadline);
    task<result<void>> cancel(run_id id);
    task<result<boost::json::object>> plan(std::string job, boost::json::object params);

    /// A new run of a loaded job, as queued. errc::invalid_argument for its parameters.
    result<draft> new_draft(const std::string& job, std::shared_ptr<const loaded_job> good,
                         const boost::json::object& params, const std::string& trigger) const;
    active_ptr make_active(draft d) const;
    /// What is committed when the run begins at once: the run, its event, its notices.
    ledger::batch initial_changes(active_run& r) const;

    bool reserve(active_run& r); ///< takes a slot; false: `concurrency` is reached
    void release(active_run& r);
    void launch(active_ptr r);  ///< its slot is reserved, its record says running
    void enqueue(active_ptr r); ///< its record says queued
    void restore(active_ptr r);   ///< after a restart, whatever its record says

    /// Begins queued runs whose time has come, as far as slots are free. False: the disk refused.
    task<bool> start_due();
    std::optional<wall_point> next_start() const; ///< of delayed runs that are not due yet

    bool knows(const run_id& id) const { return active_.contains(id.text()); }
    std::size_t running(const std::string& job) const;
    std::size_t queued(const std::string& job) const;
    std::vector<run_id> runs_of_job(const std::string& job) const;
    std::size_t running_count() const noexcept { return active_.size() - queue_.size(); } ///< without the queued
    void add_account_uses(account_uses& all) const;                                      ///< of runs under way or waiting
    bool any_notify_rules() const;                                                   ///< an active run has rules of notify

    void stop_all(); ///< asks every run to leave with everything in the store

  private:
    task<result<start_result>> start_new(start_request& r, const std::string& key);
    result<start_result> match_existing(const start_request& r, const ledger::run_record& before);
    result<std::shared_ptr<const loaded_job>> find_startable(const std::string& job) const;
    result<std::shared_ptr<const loaded_job>> requested_job(const start_request& r) const;
    result<active_ptr> admit(const start_request& r, const std::string& key);
    task<result<void>> cancel_queued(active_ptr r);
    task<result<void>> cancel_stored(run_id id);
    task<result<bool>> start_queued(active_ptr r);
    task<bool> try_finish(active_ptr r, const kinds::ending& e, const std::string& broke);
    task<> drive(active_ptr r);
    task<> finish(active_ptr r, kinds::ending e, std::string broke);
    void remove(const active_ptr& r);

    shared_state& shared_;
    std::unordered_map<std::string, active_ptr> active_;
    std::map<std::string, std::size_t> slots_;
    std::map<std::string, active_ptr> queue_; ///< by id: oldest first
};

} // namespace ulak::engine
