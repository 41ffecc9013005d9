#include "job/detail/schedule_keys.hpp"

#include "job/detail/instant.hpp"
#include "yaml/codes.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ulak::job {
namespace {

namespace codes = yaml::codes;
using std::chrono::milliseconds;

/// Firings that are sampled to find the shortest interval between two.
constexpr int sampled_firings = 50;

/// Any moment serves: firings are only counted and their intervals compared.
wall_point sample_start()
{
    return wall_point(std::chrono::sys_days(std::chrono::year(2024) / 1 / 1).time_since_epoch());
}

void report(yaml::problems& found, const yaml::reader& at, std::string_view key, std::string_view code,
            std::string text, std::string hint = {}, yaml::severity level = yaml::severity::error)
{
    auto p = at.problem_at(key, std::string(code), std::move(text), std::move(hint));
    p.level = level;
    found.push_back(std::move(p));
}

time_zone zone_of(const yaml::reader& keys, const time_zone& usual, yaml::problems& found)
{
    if (!keys.has_valid("time_zone"))
        return usual;
    auto zone = time_zone::find(keys.text("time_zone"));
    if (!zone) {
        report(found, keys, "time_zone", codes::time_zone, zone.error().message);
        return usual;
    }
    if (keys.has("every") && !keys.has("cron") && !keys.has("at"))
        report(found, keys, "time_zone", codes::idle_key, "`time_zone` has no effect on `every`", "leave it out",
               yaml::severity::warning);
    return *zone;
}

void read_cron(const yaml::reader& keys, schedule& s, yaml::problems& found)
{
    auto parsed = cron::parse(keys.text("cron"));
    if (!parsed)
        return report(found, keys, "cron", codes::cron, parsed.error().message,
                      "minute hour day-of-month month weekday, as in `0 9 * * mon-fri`");
    if (parsed->warning())
        report(found, keys, "cron", codes::cron_misleading, *parsed->warning(), {}, yaml::severity::warning);
    if (!parsed->next(sample_start(), time_zone::utc()))
        return report(found, keys, "cron", codes::never_fires, "no day fits this expression",
                      "check the day and the month");
    s.by_cron = std::move(*parsed);
}

/// The time that runs is shown where daylight saving moves it.
void read_at(const yaml::reader& keys, schedule& s, yaml::problems& found)
{
    auto point = parse_instant(keys.text("at"), s.zone);
    if (!point)
        return report(found, keys, "at", codes::point_in_time, point.error().message,
                      "write it as in `2026-12-01 09:00`");
    if (point->match == time_zone::civil_match::gap)
        report(found, keys, "at", codes::moved_time, "clocks skip this time; the job runs at " + rfc3339(point->at), {},
               yaml::severity::warning);
    if (point->match == time_zone::civil_match::fold)
        report(found, keys, "at", codes::moved_time,
               "clocks show this time twice; the job runs at the first, " + rfc3339(point->at),
               "write it with an offset, as in 2026-12-01T09:00:00+03:00", yaml::severity::warning);
    s.at = point->at;
}

std::optional<milliseconds> shortest_interval_between(const schedule& s)
{
    std::optional<milliseconds> least;
    auto last = s.next(sample_start());
    for (int i = 0; last && i < sampled_firings; ++i) {
        auto next = s.next(last->at);
        if (next)
            least = std::min(least.value_or(next->at - last->at), next->at - last->at);
        last = next;
    }
    return least;
}

/// A firing must not be delayed beyond the next one.
void check_jitter(const yaml::reader& keys, const schedule& s, yaml::problems& found)
{
    if (s.at || !(s.by_cron || s.every))
        return;
    auto distance = shortest_interval_between(s);
    if (distance && s.jitter >= *distance)
        report(found, keys, "jitter", codes::jitter,
               "a jitter of " + duration_text(s.jitter) + " reaches the next firing, " + duration_text(*distance) +
                   " later",
               "make it shorter than the time between two firings");
}

missed_policy missed_of(const std::string& word)
{
    return word == "skip" ? missed_policy::skip : word == "run-all" ? missed_policy::run_all : missed_policy::run_once;
}

overlap_policy overlap_of(const std::string& word)
{
    if (word == "queue")
        return overlap_policy::queue;
    return word == "cancel-previous" ? overlap_policy::cancel_previous : overlap_policy::skip;
}

/// Reports at `schedule` that none is there, or at each that is too many.
bool has_one_trigger(const yaml::reader& root, const yaml::reader& keys, yaml::problems& found)
{
    constexpr std::array<std::string_view, 3> triggers{"cron", "every", "at"};
    std::vector<std::string_view> given;
    std::ranges::copy_if(triggers, std::back_inserter(given), [&](auto trigger) { return keys.has(trigger); });
    if (given.empty() && std::ranges::any_of(triggers, [&](auto trigger) { return keys.has_name(trigger); }))
        return false; // that it has no value is told there
    if (given.empty())
        report(found, root, "schedule", codes::schedule_choice, "`schedule` needs one of `cron`, `every` and `at`");
    for (std::size_t i = 1; i < given.size(); ++i)
        report(found, keys, given[i], codes::schedule_choice,
               "`" + std::string(given[i]) + "` beside `" + std::string(given[0]) + "`",
               "keep exactly one of `cron`, `every` and `at`");
    return given.size() == 1;
}

} // namespace

std::optional<schedule> read_schedule(const yaml::reader& root, const time_zone& usual, yaml::problems& found)
{
    if (!root.has_valid("schedule"))
        return std::nullopt;
    auto keys = root.record("schedule");
    schedule s;
    s.zone = zone_of(keys, usual, found);
    if (keys.has_valid("cron"))
        read_cron(keys, s, found);
    if (keys.has_valid("every"))
        s.every = keys.duration("every");
    if (keys.has_valid("at"))
        read_at(keys, s, found);
    s.jitter = keys.duration("jitter");
    s.missed = missed_of(keys.text("missed"));
    s.overlap = overlap_of(keys.text("overlap"));
    if (keys.has_valid("max_late"))
        s.max_late = keys.duration("max_late");
    if (has_one_trigger(root, keys, found))
        check_jitter(keys, s, found);
    return s;
}

} // namespace ulak::job
