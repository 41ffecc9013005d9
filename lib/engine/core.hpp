// What the rooms of the engine share: the configuration, the jobs, and whether it is stopping. Private to this folder.
#pragma once

#include "async/semaphore.hpp"
#include "async/task_group.hpp"
#include "engine/alarm.hpp"
#include "engine/engine.hpp"

#include <map>
#include <set>
#include <string>

namespace ulak::engine {

struct core {
    explicit core(parts p);

    ledger::ledger& store() noexcept { return given.record.store(); }
    wall_point wall() const { return given.time.wall_now(); }
    async::steady_point steady_in(std::chrono::milliseconds d) const { return given.time.now() + d; }

    parts given;
    kinds::run_environment around;
    catalog jobs;
    std::set<std::string, std::less<>> paused{};
    std::map<std::string, std::string, std::less<>> last_run{}; ///< by job
    bool stopping = false;

    alarm firing_bell;       ///< something to fire or to start
    alarm notice_bell;       ///< a notice may be waiting
    alarm sweep_bell;        ///< something may be to be wiped soon
    alarm stray_bell;        ///< a number may have lost its run
    async::semaphore doubts; ///< whoever settles a doubt, or ends a run in doubt: what it read holds until it commits
    async::task_group crew;  ///< the runs
    async::task_group loops; ///< the scheduler, the outbox, the sweeper and the watch over strays

    std::shared_ptr<channels> ways; ///< hold it over awaits: a reload puts others in its place
};

/// What files may refer to, and what kinds may look at, by such a configuration.
job::load_environment offered(const parts& p, const channels& notify);
kinds::load_context looked_at(const parts& p, const providers::accounts& accounts);

/// A fresh id that sorts by time.
std::string fresh_id(const core& c);

/// An event that belongs to no run.
events::event tell(const char* what, events::level severity, std::string message, std::string job = {},
                   boost::json::object data = {});

inline constexpr char paused_setting[] = "paused:";
inline constexpr char disabled_setting[] = "disabled:";

} // namespace ulak::engine
