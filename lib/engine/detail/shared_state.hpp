// What the components of the engine share: the configuration, the jobs, and whether it is stopping.
#pragma once

#include "async/semaphore.hpp"
#include "async/task_group.hpp"
#include "engine/catalog.hpp"
#include "engine/dependencies.hpp"
#include "engine/detail/auto_reset_event.hpp"
#include "engine/detail/clock_guard.hpp"
#include "engine/engine_views.hpp"
#include "engine/start_request.hpp"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace ulak::engine {

struct shared_state {
    explicit shared_state(dependencies d);

    ledger::ledger& store() noexcept { return deps.recorder.store(); }
    wall_point wall() const { return deps.time.wall_now(); }
    /// Asked before anything that cannot be undone and goes by the wall time.
    bool wall_trusted() const { return deps.time.wall_doubt().empty(); }
    async::steady_point steady_in(std::chrono::milliseconds d) const { return deps.time.now() + d; }

    /// Wakes everybody who waits for the end of a run.
    void run_ended();
    /// For the stop, and for a clock that is trusted again: every loop looks around.
    void wake_all();

    // Configuration and jobs; a reload replaces parts of them.
    dependencies deps;
    kinds::run_environment environment;
    std::shared_ptr<channels> notify_channels; ///< hold it over awaits
    catalog jobs;
    std::set<std::string, std::less<>> paused_jobs{};
    std::map<std::string, std::string, std::less<>> last_run{}; ///< by job

    bool stopping = false;

    // What the loops wait for, beside their times.
    auto_reset_event firing_wakeup;              ///< something to fire or to start
    auto_reset_event notice_wakeup;              ///< a notice may be waiting
    auto_reset_event purge_wakeup;               ///< there may soon be something to wipe
    std::deque<auto_reset_event> kind_wakeups{}; ///< one per background task of a kind: a run has ended

    /// Held while a purchase is settled on a decision, and while a run with an ambiguous purchase ends: what was read
    /// then holds until it is committed.
    async::semaphore attention_lock;

    clock_guard clock_watch;

    async::task_group run_tasks; ///< the runs
    async::task_group
        background_tasks; ///< the scheduler, the outbox, the purger, the clock guard and the tasks of the kinds
};

/// What job files may refer to, and what kinds may read when they prepare one.
job::load_environment load_environment_of(const dependencies& d, const channels& notify);
kinds::load_context load_context_of(const dependencies& d, const providers::accounts& accounts);

/// A fresh id that sorts by time.
std::string fresh_id(const shared_state& shared);

/// An event that belongs to no run.
events::event make_event(const char* name, events::level severity, std::string message, std::string job = {},
                         boost::json::object data = {});

/// Names of the stored settings: this, and the job.
inline constexpr char paused_setting[] = "paused:";
inline constexpr char disabled_setting[] = "disabled:";

} // namespace ulak::engine
