// Jobs as the outside sees them: loaded, paused, shown.
#include "core/failpoint.hpp"
#include "engine/detail/house.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

std::string problem_text(const file_change& f)
{
    const auto bad = std::ranges::find(f.problems, yaml::severity::error, &yaml::problem::level);
    const auto& first = bad == f.problems.end() ? f.problems.front() : *bad;
    auto text = first.at.file;
    if (first.at.line > 0)
        text += ":" + std::to_string(first.at.line) + ":" + std::to_string(first.at.column);
    text += ": " + first.text;
    if (f.problems.size() > 1)
        text += " (and " + std::to_string(f.problems.size() - 1) + " more)";
    return text;
}

std::string loaded_text(const file_change& f)
{
    std::string text = f.added ? "job loaded" : "job loaded anew";
    for (std::size_t i = 0; i < f.changed.size(); ++i)
        text += (i == 0 ? "; changed: " : ", ") + f.changed[i];
    return text;
}

events::event change_event(const file_change& f)
{
    boost::json::object data;
    data["file"] = f.path;
    if (f.status == file_change::change_status::loaded) {
        data["changed"] = boost::json::array(f.changed.begin(), f.changed.end());
        return make_event(events::config_loaded, events::level::info, loaded_text(f), f.name, std::move(data));
    }
    if (f.status == file_change::change_status::removed) {
        data["removed"] = true;
        return make_event(events::config_loaded, events::level::notice, "job removed: its file is gone", f.name,
                    std::move(data));
    }
    boost::json::array problems;
    for (const auto& p : f.problems)
        problems.push_back(yaml::to_json(p));
    data["problems"] = std::move(problems);
    return make_event(events::config_rejected, events::level::warning, problem_text(f), f.name, std::move(data));
}

} // namespace

task<result<void>> house::record_changes(const std::vector<file_change>& changes)
{
    ledger::batch all;
    for (const auto& f : changes)
        if (f.status != file_change::change_status::unchanged)
            all.push_back(ledger::append_event{change_event(f)});
    if (all.empty())
        co_return result<void>();
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

task<result<void>> house::load_state()
{
    auto paused = co_await shared_.store().settings(paused_setting);
    if (!paused)
        co_return paused.error();
    for (const auto& [name, value] : *paused)
        shared_.paused_jobs.insert(name.substr(std::string_view(paused_setting).size()));
    std::vector<std::string> names;
    for (const auto& [name, entry] : shared_.jobs.entries())
        names.push_back(name);
    for (auto& name : names) {
        ledger::run_query q;
        q.job = name;
        q.limit = 1;
        auto last = co_await shared_.store().runs(std::move(q));
        if (!last)
            co_return last.error();
        if (!last->empty())
            shared_.last_run[name] = last->front().id.text();
    }
    co_await schedules_.load_missed();
    co_return result<void>();
}

task<result<void>> house::set_paused(std::string job, bool paused)
{
    if (!shared_.jobs.find(job))
        co_return error(errc::not_found, "there is no job " + job);
    ledger::batch all;
    all.push_back(ledger::put_setting{paused_setting + job, paused ? "1" : ""});
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    if (!done)
        co_return done.error();
    if (paused)
        shared_.paused_jobs.insert(std::move(job));
    else
        shared_.paused_jobs.erase(job);
    shared_.firing_wakeup.set(); // runs may have waited in its queue
    co_return result<void>();
}

task<result<void>> house::pause(std::string job)
{
    co_return co_await set_paused(std::move(job), true);
}

task<result<void>> house::resume(std::string job)
{
    co_return co_await set_paused(std::move(job), false);
}

task<result<std::vector<file_change>>> house::reload(bool dry_run)
{
    auto changes = shared_.jobs.refresh(dry_run);
    if (dry_run)
        co_return changes;
    ULAK_FAILPOINT("reload/read");
    result<void> armed;
    if (accepts_runs_)
        armed = co_await schedules_.arm();
    ULAK_FAILPOINT("reload/armed");
    auto told = co_await record_changes(changes);
    if (!armed)
        co_return armed.error();
    if (!told)
        co_return told.error();
    co_return changes;
}

task<result<std::vector<file_change>>> house::reconfigure(bool dry_run, configuration c)
{
    auto around = load_environment_of(shared_.deps, c.notify);
    if (dry_run) {
        catalog trial = shared_.jobs;
        trial.set_environment(std::move(around), load_context_of(shared_.deps, *c.accounts));
        co_return trial.refresh(true);
    }
    shared_.deps.accounts = c.accounts;
    shared_.environment.accounts = c.accounts;
    shared_.notify_channels = std::make_shared<channels>(std::move(c.notify));
    shared_.deps.retention_periods = c.retention_periods;
    shared_.jobs.set_environment(std::move(around), load_context_of(shared_.deps, *c.accounts));
    shared_.purge_wakeup.set();
    co_return co_await reload(false);
}

task<result<account_uses>> house::in_use()
{
    ledger::effect_query q;
    q.states = {ledger::effect_state::intent, ledger::effect_state::dispatched};
    auto open = co_await shared_.store().effects(std::move(q));
    if (!open)
        co_return open.error();
    account_uses all;
    runs_.add_account_uses(all);
    for (const auto& e : *open)
        all.try_emplace(e.account, "a call of run " + e.run.text() + " has no outcome yet");
    co_return all;
}

std::vector<firing_view> house::missed(std::string_view job) const
{
    return schedules_.missed(job);
}

job_view house::view_of(const job_entry& entry) const
{
    job_view v;
    v.name = entry.name;
    v.path = entry.path;
    v.broken = entry.broken();
    v.problems = entry.problems;
    v.paused = shared_.paused_jobs.contains(entry.name);
    v.running = runs_.running(entry.name);
    if (const auto last = shared_.last_run.find(entry.name); last != shared_.last_run.end())
        v.last_run = last->second;
    if (!entry.good)
        return v;
    const auto& file = entry.good->document;
    v.kind = file.kind;
    v.description = file.description;
    v.enabled = file.enabled;
    v.parameters = file.parameters;
    if (!file.when)
        return v;
    v.schedule = file.when->text();
    const auto first = v.enabled && !v.paused ? schedules_.next(entry.name, 1, {}) : std::vector<firing_view>();
    if (!first.empty())
        v.next = first.front().at;
    return v;
}

std::vector<job_view> house::jobs() const
{
    std::vector<job_view> all;
    for (const auto& [name, entry] : shared_.jobs.entries())
        all.push_back(view_of(entry));
    return all;
}

std::optional<job_view> house::job(std::string_view name) const
{
    const auto* entry = shared_.jobs.find(name);
    return entry ? std::optional(view_of(*entry)) : std::nullopt;
}

result<std::vector<firing_view>> house::next(std::string_view job, std::size_t n, std::optional<wall_point> from) const
{
    if (!job.empty() && !shared_.jobs.find(job))
        return error(errc::not_found, "there is no job " + std::string(job));
    if (!job.empty())
        return schedules_.next(std::string(job), n, from);
    std::vector<firing_view> all;
    for (const auto& [name, entry] : shared_.jobs.entries())
        if (entry.good && entry.good->document.enabled && !shared_.paused_jobs.contains(name)) // the others would crowd them out
            std::ranges::move(schedules_.next(name, n, from), std::back_inserter(all));
    std::ranges::sort(all, {}, [](const firing_view& f) { return std::tie(f.at, f.job); });
    if (all.size() > n)
        all.resize(n);
    return all;
}

} // namespace ulak::engine
