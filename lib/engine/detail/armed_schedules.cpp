#include "engine/detail/armed_schedules.hpp"

#include <utility>

namespace ulak::engine {

void armed_schedule::move_watermark(wall_point to)
{
    watermark = to;
    const auto firing = job->document.when->next(to);
    next = firing ? std::optional(firing->at) : std::nullopt;
}

void armed_schedules::disarm(const std::string& name, const loaded_ptr& job, ledger::batch& changes)
{
    armed_.erase(name);
    if (!job || !job->document.when || job->document.enabled || !disabled_.insert(name).second)
        return;
    changes.push_back(ledger::put_setting{disabled_setting + name, "1"});
}

task<result<void>> armed_schedules::arm_one(std::string name, loaded_ptr job, ledger::batch& changes)
{
    // The same schedule goes on from its watermark.
    auto text = job->document.when->text();
    const auto known = armed_.find(name);
    const bool was_disabled = disabled_.contains(name);
    if (known != armed_.end() && known->second.text == text) {
        known->second.job = std::move(job);
        co_return result<void>();
    }
    // Another one, from what the store knows of its text, or from now.
    auto stored = co_await shared_.store().watermark(name, text);
    if (!stored)
        co_return stored.error();
    auto watermark = stored->value_or(shared_.wall());
    if (!*stored || was_disabled) {
        watermark = shared_.wall();
        changes.push_back(ledger::set_watermark{name, text, watermark});
    }
    if (was_disabled) {
        disabled_.erase(name);
        changes.push_back(ledger::put_setting{disabled_setting + name, ""});
    }
    armed_schedule armed{std::move(job), std::move(text), {}, {}};
    armed.move_watermark(watermark);
    armed_[name] = std::move(armed);
    co_return result<void>();
}

task<result<void>> armed_schedules::load_disabled()
{
    if (disabled_loaded_)
        co_return result<void>();
    auto stored = co_await shared_.store().settings(disabled_setting);
    if (!stored)
        co_return stored.error();
    for (const auto& [name, value] : *stored)
        disabled_.insert(name.substr(std::string_view(disabled_setting).size()));
    disabled_loaded_ = true;
    co_return result<void>();
}

task<result<void>> armed_schedules::arm()
{
    auto loaded = co_await load_disabled();
    if (!loaded)
        co_return loaded.error();
    std::vector<std::pair<std::string, loaded_ptr>> jobs;
    for (const auto& [name, entry] : shared_.jobs.entries())
        jobs.emplace_back(name, entry.good);
    std::erase_if(armed_, [&](const auto& a) { return shared_.jobs.find(a.first) == nullptr; });
    ledger::batch changes;
    for (auto& [name, job] : jobs) {
        if (!job || !job->document.when || !job->document.enabled) {
            disarm(name, job, changes);
            continue;
        }
        auto done = co_await arm_one(name, job, changes);
        if (!done)
            co_return done.error();
    }
    shared_.firing_wakeup.set();
    if (changes.empty())
        co_return result<void>();
    auto done = co_await shared_.deps.recorder.commit(std::move(changes));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

armed_schedule* armed_schedules::find(const std::string& job)
{
    const auto found = armed_.find(job);
    return found == armed_.end() ? nullptr : &found->second;
}

const armed_schedule* armed_schedules::find(const std::string& job) const
{
    const auto found = armed_.find(job);
    return found == armed_.end() ? nullptr : &found->second;
}

std::vector<std::string> armed_schedules::due(wall_point now) const
{
    std::vector<std::string> jobs;
    for (const auto& [name, armed] : armed_)
        if ((armed.next && *armed.next <= now) || armed.watermark > now + max_clock_lead)
            jobs.push_back(name);
    return jobs;
}

std::optional<wall_point> armed_schedules::next_firing() const
{
    std::optional<wall_point> first;
    for (const auto& [name, armed] : armed_)
        if (armed.next && (!first || *armed.next < *first))
            first = armed.next;
    return first;
}

} // namespace ulak::engine
