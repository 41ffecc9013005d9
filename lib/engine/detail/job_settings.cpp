#include "engine/detail/job_settings.hpp"

namespace ulak::engine {
namespace {

task<result<void>> load_paused(shared_state& shared)
{
    auto stored = co_await shared.store().settings(paused_setting);
    if (!stored)
        co_return stored.error();
    for (const auto& [name, value] : *stored)
        shared.paused_jobs.insert(name.substr(std::string_view(paused_setting).size()));
    co_return result<void>();
}

task<result<void>> load_last_runs(shared_state& shared)
{
    std::vector<std::string> names;
    for (const auto& [name, entry] : shared.jobs.entries())
        names.push_back(name);
    for (auto& name : names) {
        ledger::run_query q;
        q.job = name;
        q.limit = 1;
        auto last = co_await shared.store().runs(std::move(q));
        if (!last)
            co_return last.error();
        if (!last->empty())
            shared.last_run[name] = last->front().id.text();
    }
    co_return result<void>();
}

} // namespace

task<result<void>> load_job_settings(shared_state& shared)
{
    auto paused = co_await load_paused(shared);
    if (!paused)
        co_return paused.error();
    co_return co_await load_last_runs(shared);
}

task<result<void>> set_paused(shared_state& shared, std::string job, bool paused)
{
    if (job != otp_by_hand && !shared.jobs.find(job))
        co_return error(errc::not_found, "there is no job " + job);
    ledger::batch all;
    all.push_back(ledger::put_setting{paused_setting + job, paused ? "1" : ""});
    auto done = co_await shared.deps.recorder.commit(std::move(all));
    if (!done)
        co_return done.error();
    if (paused)
        shared.paused_jobs.insert(std::move(job));
    else
        shared.paused_jobs.erase(job);
    shared.firing_wakeup.set(); // runs may have waited in its queue
    co_return result<void>();
}

} // namespace ulak::engine
