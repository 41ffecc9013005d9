// The coming firings, each with its reason.
#include "core/local_time_text.hpp"
#include "engine/detail/scheduler.hpp"
#include "events/event_names.hpp"

#include <algorithm>
#include <ranges>

namespace ulak::engine {
namespace {

/// Dropped firings that a job is asked for; the events have all of them.
constexpr std::size_t max_remembered = 20;

/// Of all jobs together, read when the daemon starts.
constexpr std::size_t max_loaded = 1000;

/// The dropped firing of which an event tells.
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

std::string base_reason(const job::schedule& s)
{
    if (s.by_cron)
        return "cron " + s.by_cron->text();
    if (s.every)
        return "every " + duration_text(*s.every);
    return "at " + local_time_text(*s.at, s.zone);
}

/// Nobody reads the milliseconds of minutes.
std::chrono::milliseconds rounded(std::chrono::milliseconds d)
{
    return d < std::chrono::seconds(1) ? d : std::chrono::floor<std::chrono::seconds>(d);
}

std::string reason_of(const loaded_job& what, const std::string& job, const job::cron::firing& f, const char* hindrance)
{
    const job::schedule& s = *what.document.when;
    auto reason = base_reason(s);
    if (f.match == time_zone::civil_match::gap)
        reason += "; moved to the end of the daylight saving gap";
    if (f.match == time_zone::civil_match::fold)
        reason += "; the hour exists twice, the first one counts";
    const auto jitter = job::jitter_of(s, job, f.at);
    if (jitter.count() > 0)
        reason += "; begins " + duration_text(rounded(jitter)) + " later (jitter)";
    const auto wait = hindrance ? hindrance : what.prepared->waiting_reason(f.at + jitter);
    return wait.empty() ? reason : reason + "; " + wait;
}

/// The mark from which the first firing at or after `from` follows.
wall_point watermark_before(const job::schedule& s, wall_point mark, wall_point from)
{
    const auto just_before = from - std::chrono::milliseconds(1);
    if (just_before <= mark)
        return mark;
    if (s.every && s.every->count() > 0)
        return mark + *s.every * ((just_before - mark) / *s.every);
    return just_before;
}

} // namespace

void scheduler::remember_missed(firing_view f)
{
    auto& known = missed_[f.job];
    known.push_back(std::move(f));
    if (known.size() > max_remembered)
        known.pop_front();
}

task<> scheduler::load_missed()
{
    std::string what(events::schedule_missed);
    auto told = co_await shared_.store().recent_events(std::move(what), max_loaded);
    if (!told)
        co_return;
    for (const auto& e : *told | std::views::reverse) {
        const auto* job = shared_.jobs.find(e.job);
        const bool scheduled = job && job->good && job->good->document.when;
        if (auto f = missed_firing_from(e, scheduled ? job->good->document.when->zone : shared_.deps.zone))
            remember_missed(std::move(*f));
    }
}

std::vector<firing_view> scheduler::missed(std::string_view job) const
{
    const auto known = missed_.find(job);
    return known == missed_.end() ? std::vector<firing_view>()
                                  : std::vector(known->second.begin(), known->second.end());
}

std::vector<firing_view> scheduler::next(const std::string& job, std::size_t n, std::optional<wall_point> from) const
{
    std::vector<firing_view> all;
    const auto* entry = shared_.jobs.find(job);
    if (!entry || !entry->good || !entry->good->document.when)
        return all;
    const auto& file = entry->good->document;
    const auto known = armed_.find(job);
    auto mark =
        watermark_before(*file.when, known == armed_.end() ? shared_.wall() : known->second.watermark, from.value_or(shared_.wall()));
    const char* hindrance = nullptr;
    if (!file.enabled)
        hindrance = "disabled: it will not run";
    else if (shared_.paused_jobs.contains(job))
        hindrance = "paused: it will not run";
    while (all.size() < n) {
        const auto f = file.when->next(mark);
        if (!f)
            break;
        all.push_back(
            firing_view{job, f->at, reason_of(*entry->good, job, *f, hindrance), rfc3339_local(f->at, file.when->zone)});
        mark = f->at;
    }
    return all;
}

} // namespace ulak::engine
