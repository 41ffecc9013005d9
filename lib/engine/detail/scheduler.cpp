#include "engine/detail/scheduler.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

/// A step of the clock or a suspend is noticed within this time.
constexpr auto longest_sleep = std::chrono::seconds(30);
/// Until the disk is tried again.
constexpr auto retry_pause = std::chrono::seconds(1);

} // namespace

std::string firing_key(const std::string& job, const job::schedule& s, wall_point due)
{
    return "schedule:" + job + ":" + s.text() + ":" + rfc3339(due);
}

void scheduler::move_watermark(armed_schedule& a, wall_point mark) const
{
    a.watermark = mark;
    const auto next = a.job->document.when->next(mark);
    a.next = next ? std::optional(next->at) : std::nullopt;
}

void scheduler::disarm(const std::string& name, const loaded_ptr& job, ledger::batch& all)
{
    armed_.erase(name);
    if (!job || !job->document.when || job->document.enabled || !disabled_.insert(name).second)
        return;
    all.push_back(ledger::put_setting{disabled_setting + name, "1"});
}

task<result<void>> scheduler::arm_one(std::string name, loaded_ptr job, ledger::batch& all)
{
    auto text = job->document.when->text();
    const auto known = armed_.find(name);
    const bool was_disabled = disabled_.contains(name);
    if (known != armed_.end() && known->second.text == text) {
        known->second.job = std::move(job);
        co_return result<void>();
    }
    auto stored = co_await shared_.store().watermark(name, text);
    if (!stored)
        co_return stored.error();
    auto mark = stored->value_or(shared_.wall());
    if (!*stored || was_disabled) {
        mark = shared_.wall();
        all.push_back(ledger::set_watermark{name, text, mark});
    }
    if (was_disabled) {
        disabled_.erase(name);
        all.push_back(ledger::put_setting{disabled_setting + name, ""});
    }
    armed_schedule a{std::move(job), std::move(text), {}, {}};
    move_watermark(a, mark);
    armed_[name] = std::move(a);
    co_return result<void>();
}

task<result<void>> scheduler::arm()
{
    if (!shared_.deps.schedules_enabled)
        co_return result<void>();
    if (!disabled_loaded_) {
        auto stored = co_await shared_.store().settings(disabled_setting);
        if (!stored)
            co_return stored.error();
        for (const auto& [name, value] : *stored)
            disabled_.insert(name.substr(std::string_view(disabled_setting).size()));
        disabled_loaded_ = true;
    }
    std::vector<std::pair<std::string, loaded_ptr>> jobs;
    for (const auto& [name, entry] : shared_.jobs.entries())
        jobs.emplace_back(name, entry.good);
    std::erase_if(armed_, [&](const auto& a) { return shared_.jobs.find(a.first) == nullptr; });
    ledger::batch all;
    for (auto& [name, job] : jobs) {
        if (!job || !job->document.when || !job->document.enabled) {
            disarm(name, job, all);
            continue;
        }
        auto done = co_await arm_one(name, job, all);
        if (!done)
            co_return done.error();
    }
    shared_.firing_wakeup.set();
    if (all.empty())
        co_return result<void>();
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

std::optional<async::steady_point> scheduler::wake_time(bool in_trouble) const
{
    if (in_trouble)
        return shared_.steady_in(retry_pause);
    auto first = runs_.next_start();
    for (const auto& [name, a] : armed_)
        if (a.next && (!first || *a.next < *first))
            first = a.next;
    if (!first)
        return std::nullopt;
    const std::chrono::milliseconds wait = *first - shared_.wall();
    return shared_.steady_in(std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(0), longest_sleep));
}

task<> scheduler::loop()
{
    while (!shared_.stopping) {
        const bool fired = co_await fire_due();
        const bool begun = co_await runs_.start_due();
        const auto until = wake_time(!fired || !begun);
        co_await shared_.firing_wakeup.wait(shared_.deps.time, until);
    }
}

} // namespace ulak::engine
