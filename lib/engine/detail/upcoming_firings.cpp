#include "engine/detail/upcoming_firings.hpp"

#include "core/local_time_text.hpp"

namespace ulak::engine {
namespace {

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

std::string reason_of(const loaded_job& loaded, const upcoming_query& query, const job::cron::firing& firing)
{
    const job::schedule& s = *loaded.document.when;
    auto reason = base_reason(s);
    if (firing.match == time_zone::civil_match::gap)
        reason += "; moved to the end of the daylight saving gap";
    if (firing.match == time_zone::civil_match::fold)
        reason += "; the hour exists twice, the first one counts";
    const auto jitter = job::jitter_of(s, query.job, firing.at);
    if (jitter.count() > 0)
        reason += "; begins " + duration_text(rounded(jitter)) + " later (jitter)";
    std::string obstacle;
    if (!loaded.document.enabled)
        obstacle = "disabled: it will not run";
    else if (query.paused)
        obstacle = "paused: it will not run";
    else
        obstacle = loaded.prepared->waiting_reason(firing.at + jitter);
    return obstacle.empty() ? reason : reason + "; " + obstacle;
}

/// The watermark from which the first firing at or after `from` follows.
wall_point watermark_before(const job::schedule& s, wall_point watermark, wall_point from)
{
    const auto just_before = from - std::chrono::milliseconds(1);
    if (!s.every || s.every->count() <= 0)
        return just_before;
    // On the grid of the watermark, before it as well.
    const auto steps = (just_before - watermark) / *s.every;
    const auto at = watermark + *s.every * steps;
    return at > just_before ? at - *s.every : at;
}

} // namespace

std::vector<firing_view> upcoming_firings(const loaded_job& job, const upcoming_query& query)
{
    std::vector<firing_view> all;
    if (!job.document.when)
        return all;
    const auto& when = *job.document.when;
    auto watermark = watermark_before(when, query.watermark, query.from);
    while (all.size() < query.limit) {
        const auto firing = when.next(watermark);
        if (!firing)
            break;
        all.push_back(
            firing_view{query.job, firing->at, reason_of(job, query, *firing), rfc3339_local(firing->at, when.zone)});
        watermark = firing->at;
    }
    return all;
}

} // namespace ulak::engine
