// Jobs as the outside sees them: loaded, paused, shown.
#include "core/failpoint.hpp"
#include "engine/house.hpp"
#include "events/names.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

std::string problem_text(const file_change& f)
{
    const auto bad = std::ranges::find(f.found, yaml::severity::error, &yaml::problem::level);
    const auto& first = bad == f.found.end() ? f.found.front() : *bad;
    auto text = first.at.file;
    if (first.at.line > 0)
        text += ":" + std::to_string(first.at.line) + ":" + std::to_string(first.at.column);
    text += ": " + first.text;
    if (f.found.size() > 1)
        text += " (and " + std::to_string(f.found.size() - 1) + " more)";
    return text;
}

std::string loaded_text(const file_change& f)
{
    std::string text = f.added ? "job loaded" : "job loaded anew";
    for (std::size_t i = 0; i < f.changed.size(); ++i)
        text += (i == 0 ? "; changed: " : ", ") + f.changed[i];
    return text;
}

events::event event_of(const file_change& f)
{
    boost::json::object data;
    data["file"] = f.path;
    if (f.happened == file_change::what::loaded) {
        data["changed"] = boost::json::array(f.changed.begin(), f.changed.end());
        return tell(events::config_loaded, events::level::info, loaded_text(f), f.name, std::move(data));
    }
    if (f.happened == file_change::what::removed) {
        data["removed"] = true;
        return tell(events::config_loaded, events::level::notice, "job removed: its file is gone", f.name,
                    std::move(data));
    }
    boost::json::array problems;
    for (const auto& p : f.found)
        problems.push_back(yaml::to_json(p));
    data["problems"] = std::move(problems);
    return tell(events::config_rejected, events::level::warning, problem_text(f), f.name, std::move(data));
}

} // namespace

task<result<void>> house::tell_changes(const std::vector<file_change>& changes)
{
    ledger::batch all;
    for (const auto& f : changes)
        if (f.happened != file_change::what::unchanged)
            all.push_back(ledger::append_event{event_of(f)});
    if (all.empty())
        co_return result<void>();
    auto done = co_await core_.given.record.commit(std::move(all));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

task<result<void>> house::recall()
{
    auto paused = co_await core_.store().settings(paused_setting);
    if (!paused)
        co_return paused.error();
    for (const auto& [name, value] : *paused)
        core_.paused.insert(name.substr(std::string_view(paused_setting).size()));
    std::vector<std::string> names;
    for (const auto& [name, entry] : core_.jobs.entries())
        names.push_back(name);
    for (auto& name : names) {
        ledger::run_query q;
        q.job = name;
        q.limit = 1;
        auto last = co_await core_.store().runs(std::move(q));
        if (!last)
            co_return last.error();
        if (!last->empty())
            core_.last_run[name] = last->front().id.text();
    }
    co_await schedules_.recall();
    co_return result<void>();
}

task<result<void>> house::set_paused(std::string job, bool paused)
{
    if (!core_.jobs.find(job))
        co_return error(errc::not_found, "there is no job " + job);
    ledger::batch all;
    all.push_back(ledger::put_setting{paused_setting + job, paused ? "1" : ""});
    auto done = co_await core_.given.record.commit(std::move(all));
    if (!done)
        co_return done.error();
    if (paused)
        core_.paused.insert(std::move(job));
    else
        core_.paused.erase(job);
    core_.firing_bell.ring(); // runs may have waited in its queue
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
    auto changes = core_.jobs.refresh(dry_run);
    if (dry_run)
        co_return changes;
    ULAK_FAILPOINT("reload/read");
    result<void> armed;
    if (open_)
        armed = co_await schedules_.arm();
    ULAK_FAILPOINT("reload/armed");
    auto told = co_await tell_changes(changes);
    if (!armed)
        co_return armed.error();
    if (!told)
        co_return told.error();
    co_return changes;
}

task<result<std::vector<file_change>>> house::reconfigure(bool dry_run, configuration c)
{
    auto around = offered(core_.given, c.notify);
    if (dry_run) {
        catalog trial = core_.jobs;
        trial.offer(std::move(around), looked_at(core_.given, *c.accounts));
        co_return trial.refresh(true);
    }
    core_.given.accounts = c.accounts;
    core_.around.accounts = c.accounts;
    core_.ways = std::make_shared<channels>(std::move(c.notify));
    core_.given.keep = c.keep;
    core_.jobs.offer(std::move(around), looked_at(core_.given, *c.accounts));
    core_.sweep_bell.ring();
    co_return co_await reload(false);
}

task<result<account_uses>> house::in_use()
{
    ledger::effect_query q;
    q.states = {ledger::effect_state::intent, ledger::effect_state::dispatched};
    auto open = co_await core_.store().effects(std::move(q));
    if (!open)
        co_return open.error();
    account_uses all;
    runs_.add_uses(all);
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
    v.found = entry.found;
    v.paused = core_.paused.contains(entry.name);
    v.running = runs_.running(entry.name);
    if (const auto last = core_.last_run.find(entry.name); last != core_.last_run.end())
        v.last_run = last->second;
    if (!entry.good)
        return v;
    const auto& file = entry.good->file;
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
    for (const auto& [name, entry] : core_.jobs.entries())
        all.push_back(view_of(entry));
    return all;
}

std::optional<job_view> house::job(std::string_view name) const
{
    const auto* entry = core_.jobs.find(name);
    return entry ? std::optional(view_of(*entry)) : std::nullopt;
}

result<std::vector<firing_view>> house::next(std::string_view job, std::size_t n, std::optional<wall_point> from) const
{
    if (!job.empty() && !core_.jobs.find(job))
        return error(errc::not_found, "there is no job " + std::string(job));
    if (!job.empty())
        return schedules_.next(std::string(job), n, from);
    std::vector<firing_view> all;
    for (const auto& [name, entry] : core_.jobs.entries())
        if (entry.good && entry.good->file.enabled && !core_.paused.contains(name)) // the others would crowd them out
            std::ranges::move(schedules_.next(name, n, from), std::back_inserter(all));
    std::ranges::sort(all, {}, [](const firing_view& f) { return std::tie(f.at, f.job); });
    if (all.size() > n)
        all.resize(n);
    return all;
}

} // namespace ulak::engine
