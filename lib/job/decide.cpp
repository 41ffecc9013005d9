#include "job/decide.hpp"

#include <algorithm>
#include <cassert>

namespace ulak::job {
namespace {

using std::chrono::milliseconds;
using disposition = due_firing::disposition;

constexpr std::size_t max_firings = 1000; // of one decision; older ones are dropped

struct backlog {
    std::vector<cron::firing> firings; ///< the newest, oldest of them first
    bool older_dropped = false;
};

/// The firings of a cron expression or date after `from`, up to `now`.
backlog cron_backlog(const schedule& s, wall_point from, wall_point now)
{
    backlog all;
    for (auto f = s.next(from); f && f->at <= now; f = s.next(f->at))
        all.firings.push_back(*f);
    if (all.firings.size() > max_firings) {
        all.firings.erase(all.firings.begin(), all.firings.end() - max_firings);
        all.older_dropped = true;
    }
    return all;
}

/// The firings of `every`, which stay on the grid of the mark.
backlog interval_backlog(milliseconds every, wall_point mark, wall_point now)
{
    backlog all;
    assert(every > milliseconds(0));
    auto count = (now - mark) / every;
    auto kept = std::min<std::int64_t>(count, max_firings);
    all.older_dropped = count > kept;
    for (auto i = count - kept + 1; i <= count; ++i)
        all.firings.push_back({mark + i * every, time_zone::civil_match::exact});
    return all;
}

/// Years may have passed since the watermark. Only the newest firings matter, so the search begins near `now` and goes
/// further back only while it finds too few.
backlog due_firings(const schedule& s, wall_point mark, wall_point now)
{
    if (s.every)
        return interval_backlog(*s.every, mark, now);
    for (milliseconds back = std::chrono::minutes(max_firings); now - mark > back; back *= 8) {
        auto recent = cron_backlog(s, now - back, now);
        if (recent.firings.size() >= max_firings) {
            recent.older_dropped = true;
            return recent;
        }
    }
    return cron_backlog(s, mark, now);
}

/// Rounded for people: to minutes from ten minutes on, else to seconds.
std::string rounded_text(milliseconds d)
{
    if (d >= std::chrono::minutes(10))
        return duration_text(std::chrono::floor<std::chrono::minutes>(d));
    return duration_text(d >= std::chrono::seconds(1) ? std::chrono::floor<std::chrono::seconds>(d) : d);
}

std::string match_reason(time_zone::civil_match shift)
{
    switch (shift) {
    case time_zone::civil_match::gap: return "moved by daylight saving";
    case time_zone::civil_match::fold: return "exists twice, the first one runs";
    case time_zone::civil_match::exact: break;
    }
    return {};
}

/// How late the newest firing may be and still count as on time: half the time to the next one, `grace` at most.
milliseconds grace_after(const schedule& s, const cron::firing& newest, milliseconds grace)
{
    const auto next = s.next(newest.at);
    return next ? std::min<milliseconds>(grace, std::chrono::floor<milliseconds>(next->at - newest.at) / 2) : grace;
}

/// The table in the header, for one firing. `newest`: it is the last one that is due.
due_firing decide_firing(const schedule& s, const cron::firing& f, bool newest, wall_point now, milliseconds grace)
{
    auto late = now - f.at;
    auto missed = !newest || late > grace;
    if (missed && s.missed == missed_policy::skip)
        return {f.at, disposition::dropped_missed, "missed by " + rounded_text(late) + ", missed: skip"};
    if (missed && s.missed == missed_policy::run_once && !newest)
        return {f.at, disposition::dropped_missed, "missed while stopped, newer firing runs"};
    if (s.max_late && late > *s.max_late)
        return {f.at, disposition::dropped_late,
                rounded_text(late) + " late, max_late is " + duration_text(*s.max_late)};
    if (missed)
        return {f.at, disposition::run, "missed while stopped, " + rounded_text(late) + " late"};
    return {f.at, disposition::run, match_reason(f.match)};
}

} // namespace

decision decide(const schedule& s, wall_point mark, wall_point now, milliseconds grace)
{
    decision made{{}, mark};
    if (now <= mark)
        return made;
    auto backlog = due_firings(s, mark, now);
    if (backlog.firings.empty())
        return made;
    grace = grace_after(s, backlog.firings.back(), grace);
    for (const auto& f : backlog.firings)
        made.firings.push_back(decide_firing(s, f, &f == &backlog.firings.back(), now, grace));
    if (backlog.older_dropped)
        made.firings.front().reason +=
            made.firings.front().reason.empty() ? "older ones dropped" : "; older ones dropped";
    made.watermark = made.firings.back().at;
    return made;
}

} // namespace ulak::job
