#include "engine/detail/reloader.hpp"

#include "core/failpoint.hpp"
#include "engine/detail/file_change_event.hpp"

namespace ulak::engine {

task<result<std::vector<file_change>>> reloader::reload(bool dry_run, bool arm)
{
    auto changes = shared_.jobs.refresh(dry_run);
    if (dry_run)
        co_return changes;
    ULAK_FAILPOINT("reload/read");
    result<void> armed;
    if (arm)
        armed = co_await schedules_.arm();
    ULAK_FAILPOINT("reload/armed");
    auto recorded = co_await record(changes);
    if (!armed)
        co_return armed.error();
    if (!recorded)
        co_return recorded.error();
    co_return changes;
}

task<result<std::vector<file_change>>> reloader::reconfigure(bool dry_run, bool arm, configuration c)
{
    auto environment = load_environment_of(shared_.deps, c.notify);
    if (dry_run) {
        catalog trial = shared_.jobs;
        trial.set_environment(std::move(environment), load_context_of(shared_.deps, *c.accounts));
        co_return trial.refresh(true);
    }
    shared_.deps.accounts = c.accounts;
    shared_.environment.accounts = c.accounts;
    shared_.notify_channels = std::make_shared<channels>(std::move(c.notify));
    shared_.deps.retention_periods = c.retention_periods;
    shared_.deps.otp = std::move(c.otp);
    shared_.jobs.set_environment(std::move(environment), load_context_of(shared_.deps, *c.accounts));
    shared_.purge_wakeup.set();
    co_return co_await reload(false, arm);
}

task<result<void>> reloader::record(const std::vector<file_change>& changes)
{
    ledger::batch all;
    for (const auto& change : changes)
        if (change.status != file_change::change_status::unchanged)
            all.push_back(ledger::append_event{file_change_event(change)});
    if (all.empty())
        co_return result<void>();
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

} // namespace ulak::engine
