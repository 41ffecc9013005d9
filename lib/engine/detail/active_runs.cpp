#include "engine/detail/active_runs.hpp"

#include <algorithm>

namespace ulak::engine {

active_ptr active_runs::find(const run_id& id) const
{
    const auto found = runs_.find(id.text());
    return found == runs_.end() ? nullptr : found->second;
}

std::vector<run_id> active_runs::acting_of_job(const std::string& job) const
{
    std::vector<run_id> all;
    for (const auto& [id, run] : runs_)
        if (run->record().job == job && (run->holds_slot || !run->task_id))
            all.push_back(run->record().id);
    return all;
}

std::vector<waiting_run_view> active_runs::waiting(std::size_t limit) const
{
    std::vector<waiting_run_view> all;
    for (const auto& [id, run] : runs_)
        if (run->record().state == ledger::run_state::paused)
            all.push_back({id, run->record().job, run->record().waits});
    std::ranges::sort(all, {}, &waiting_run_view::id);
    if (all.size() > limit)
        all.resize(limit);
    return all;
}

void active_runs::add_account_uses(account_uses& all) const
{
    for (const auto& [id, run] : runs_)
        for (const auto& account : run->job->accounts)
            all.try_emplace(account, "run " + id + " of job " + run->record().job + " is under way");
}

bool active_runs::any_notify_rules() const
{
    return std::ranges::any_of(runs_, [](const auto& r) { return !r.second->job->document.notify.empty(); });
}

void active_runs::request_stop() const
{
    for (const auto& [id, run] : runs_)
        run->context.request_stop();
}

} // namespace ulak::engine
