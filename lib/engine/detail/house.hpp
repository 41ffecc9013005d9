// The engine's rooms together. Private to this folder.
#pragma once

#include "engine/detail/kind_tasks.hpp"
#include "engine/detail/outbox.hpp"
#include "engine/detail/purger.hpp"
#include "engine/detail/scheduler.hpp"

namespace ulak::engine {

/// What the spawned coroutines point into.
struct components {
    explicit components(dependencies p);
    bool idle() const noexcept { return shared.run_tasks.size() == 0 && shared.background_tasks.size() == 0; }

    shared_state shared;
    runner runs;
    scheduler schedules;
    outbox notices;
    purger purges;
    kind_tasks kind_work;
};

class house : public engine {
  public:
    explicit house(dependencies p);
    house(const house&) = delete;
    house& operator=(const house&) = delete;
    /// Rooms whose stop was cut short are never destroyed: suspended coroutines still point into them.
    ~house() override;

    task<result<void>> start() override;
    task<result<void>> adopt(std::uint32_t uid, std::int64_t pid) override;
    task<> stop(async::steady_point deadline) override;

    task<result<start_result>> start_run(start_request r) override;
    task<result<std::optional<start_result>>> find_existing(const start_request& r) override;
    task<result<ledger::run_record>> wait(run_id id, async::steady_point deadline) override;
    task<result<void>> cancel(run_id id) override;
    task<result<void>> pause(std::string job) override;
    task<result<void>> resume(std::string job) override;
    task<result<boost::json::object>> plan(std::string job, boost::json::object params) override;
    task<result<std::vector<file_change>>> reload(bool dry_run) override;
    task<result<std::vector<file_change>>> reconfigure(bool dry_run, configuration c) override;
    task<result<account_uses>> in_use() override;

    std::vector<job_view> jobs() const override;
    std::optional<job_view> job(std::string_view name) const override;
    result<std::vector<firing_view>> next(std::string_view job, std::size_t n,
                                          std::optional<wall_point> from) const override;
    std::vector<firing_view> missed(std::string_view job) const override;
    std::size_t running() const override { return runs_.running_count(); }
    bool stopping() const override { return shared_.stopping; }

    std::shared_ptr<const providers::accounts> accounts() const override { return shared_.deps.accounts; }
    task<result<balance_view>> balance(std::string account) override;
    task<result<std::vector<providers::service>>> services(std::string account) override;
    task<result<ledger::attention_record>> resolve(std::string id, std::string outcome, std::uint32_t uid) override;

  private:
    job_view view_of(const job_entry& entry) const;
    task<result<void>> record_changes(const std::vector<file_change>& changes);
    task<result<void>> load_state();
    task<result<void>> recover_and_start();
    task<result<void>> set_paused(std::string job, bool paused);

    std::unique_ptr<components> components_;
    shared_state& shared_;
    runner& runs_;
    scheduler& schedules_;
    /// Runs may begin: recovery is behind us. One that began before it would be taken for one that a crash had left.
    bool accepts_runs_ = false;
    bool recovery_begun_ = false;
};

} // namespace ulak::engine
