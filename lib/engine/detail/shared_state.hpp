// What the rooms of the engine share: the configuration, the jobs, and whether it is stopping. Private to this folder.
#pragma once

#include "async/semaphore.hpp"
#include "async/task_group.hpp"
#include "engine/detail/auto_reset_event.hpp"
#include "engine/engine.hpp"

#include <deque>
#include <map>
#include <set>
#include <string>

namespace ulak::engine {

struct shared_state {
    explicit shared_state(dependencies p);

    ledger::ledger& store() noexcept { return deps.recorder.store(); }
    wall_point wall() const { return deps.time.wall_now(); }
    void run_ended();
    void wake_all();
    async::steady_point steady_in(std::chrono::milliseconds d) const { return deps.time.now() + d; }

    dependencies deps;
    kinds::run_environment environment;
    catalog jobs;
    std::set<std::string, std::less<>> paused_jobs{};
    std::map<std::string, std::string, std::less<>> last_run{}; ///< by job
    bool stopping = false;

    auto_reset_event firing_wakeup;            ///< something to fire or to start
    auto_reset_event notice_wakeup;            ///< a notice may be waiting
    auto_reset_event purge_wakeup;             ///< something may be to be wiped soon
    std::deque<auto_reset_event> kind_wakeups; ///< of the kinds' background tasks: a run has ended
    async::semaphore
        attention_lock; ///< whoever settles a doubt, or ends a run in doubt: what it read holds until it commits
    async::task_group run_tasks;        ///< the runs
    async::task_group background_tasks; ///< the scheduler, the outbox, the purger and the tasks of the kinds

    std::shared_ptr<channels> notify_channels; ///< hold it over awaits: a reload puts others in its place
};

/// What files may refer to, and what kinds may look at, by such a configuration.
job::load_environment load_environment_of(const dependencies& p, const channels& notify);
kinds::load_context load_context_of(const dependencies& p, const providers::accounts& accounts);

/// A fresh id that sorts by time.
std::string fresh_id(const shared_state& c);

/// An event that belongs to no run.
events::event make_event(const char* what, events::level severity, std::string message, std::string job = {},
                         boost::json::object data = {});

inline constexpr char paused_setting[] = "paused:";
inline constexpr char disabled_setting[] = "disabled:";

} // namespace ulak::engine
