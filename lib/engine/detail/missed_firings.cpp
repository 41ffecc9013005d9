#include "engine/detail/missed_firings.hpp"

#include "core/local_time_text.hpp"
#include "events/event_names.hpp"

#include <optional>
#include <ranges>

namespace ulak::engine {
namespace {

/// Of all jobs together.
constexpr std::size_t max_loaded = 1000;

/// The firing that an event reports as missed.
std::optional<firing_view> missed_firing_from(const events::event& e, const time_zone& zone)
{
    const auto* due = e.data.if_contains("due");
    const auto* reason = e.data.if_contains("reason");
    if (!due || !due->is_string() || !reason || !reason->is_string())
        return std::nullopt;
    const auto at = parse_rfc3339(due->get_string());
    if (!at)
        return std::nullopt;
    return firing_view{e.job, *at, std::string(reason->get_string()), rfc3339_local(*at, zone)};
}

} // namespace

task<> missed_firings::load(shared_state& shared)
{
    std::string name(events::schedule_missed);
    auto recent = co_await shared.store().recent_events(std::move(name), max_loaded);
    if (!recent)
        co_return;
    for (const auto& e : *recent | std::views::reverse) {
        const auto* job = shared.jobs.find(e.job);
        const bool scheduled = job && job->good && job->good->document.when;
        if (auto f = missed_firing_from(e, scheduled ? job->good->document.when->zone : shared.deps.zone))
            add(std::move(*f));
    }
}

void missed_firings::add(firing_view missed)
{
    auto& known = by_job_[missed.job];
    known.push_back(std::move(missed));
    if (known.size() > max_missed_firings)
        known.pop_front();
}

std::vector<firing_view> missed_firings::of(std::string_view job) const
{
    const auto known = by_job_.find(job);
    return known == by_job_.end() ? std::vector<firing_view>()
                                  : std::vector(known->second.begin(), known->second.end());
}

} // namespace ulak::engine
