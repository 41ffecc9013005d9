#include "engine/scheduler.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

/// A step of the clock or a suspend is noticed within this time.
constexpr auto longest_nap = std::chrono::seconds(30);
/// Until the disk is tried again.
constexpr auto trouble_nap = std::chrono::seconds(1);

} // namespace

std::string firing_key(const std::string& job, const job::schedule& s, wall_point due)
{
    return "schedule:" + job + ":" + s.text() + ":" + rfc3339(due);
}

void scheduler::set_mark(armed& a, wall_point mark) const
{
    a.mark = mark;
    const auto next = a.job->file.when->next(mark);
    a.next = next ? std::optional(next->at) : std::nullopt;
}

void scheduler::disarm(const std::string& name, const loaded_ptr& job, ledger::batch& all)
{
    armed_.erase(name);
    if (!job || !job->file.when || job->file.enabled || !disabled_.insert(name).second)
        return;
    all.push_back(ledger::put_setting{disabled_setting + name, "1"});
}

task<result<void>> scheduler::arm_one(std::string name, loaded_ptr job, ledger::batch& all)
{
    auto text = job->file.when->text();
    const auto known = armed_.find(name);
    const bool was_disabled = disabled_.contains(name);
    if (known != armed_.end() && known->second.text == text) {
        known->second.job = std::move(job);
        co_return result<void>();
    }
    auto stored = co_await core_.store().watermark(name, text);
    if (!stored)
        co_return stored.error();
    auto mark = stored->value_or(core_.wall());
    if (!*stored || was_disabled) {
        mark = core_.wall();
        all.push_back(ledger::set_watermark{name, text, mark});
    }
    if (was_disabled) {
        disabled_.erase(name);
        all.push_back(ledger::put_setting{disabled_setting + name, ""});
    }
    armed a{std::move(job), std::move(text), {}, {}};
    set_mark(a, mark);
    armed_[name] = std::move(a);
    co_return result<void>();
}

task<result<void>> scheduler::arm()
{
    if (!core_.given.fires)
        co_return result<void>();
    if (!knows_disabled_) {
        auto stored = co_await core_.store().settings(disabled_setting);
        if (!stored)
            co_return stored.error();
        for (const auto& [name, value] : *stored)
            disabled_.insert(name.substr(std::string_view(disabled_setting).size()));
        knows_disabled_ = true;
    }
    std::vector<std::pair<std::string, loaded_ptr>> jobs;
    for (const auto& [name, entry] : core_.jobs.entries())
        jobs.emplace_back(name, entry.good);
    std::erase_if(armed_, [&](const auto& a) { return core_.jobs.find(a.first) == nullptr; });
    ledger::batch all;
    for (auto& [name, job] : jobs) {
        if (!job || !job->file.when || !job->file.enabled) {
            disarm(name, job, all);
            continue;
        }
        auto done = co_await arm_one(name, job, all);
        if (!done)
            co_return done.error();
    }
    core_.firing_bell.ring();
    if (all.empty())
        co_return result<void>();
    auto done = co_await core_.given.record.commit(std::move(all));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

std::optional<async::steady_point> scheduler::wake_time(bool in_trouble) const
{
    if (in_trouble)
        return core_.steady_in(trouble_nap);
    auto first = runs_.next_start();
    for (const auto& [name, a] : armed_)
        if (a.next && (!first || *a.next < *first))
            first = a.next;
    if (!first)
        return std::nullopt;
    const std::chrono::milliseconds wait = *first - core_.wall();
    return core_.steady_in(std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(0), longest_nap));
}

task<> scheduler::loop()
{
    while (!core_.stopping) {
        const bool fired = co_await fire_due();
        const bool begun = co_await runs_.start_waiting();
        const auto until = wake_time(!fired || !begun);
        co_await core_.firing_bell.wait(core_.given.time, until);
    }
}

} // namespace ulak::engine
