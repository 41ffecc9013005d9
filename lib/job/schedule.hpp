// When a job fires: cron, every or at, in a time zone, through daylight saving, stops and suspends. Pure.
#pragma once

#include "core/error.hpp"
#include "core/wall_time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace ulak::job {

/// Five fields with names, lists, ranges and steps, or @hourly @daily @weekly @monthly @yearly. Day of month and day of
/// week both restricted: either fits, as in every cron.
class cron {
  public:
    /// Errors: errc::invalid_argument with the field's name and what it allows. `warning()` tells of misleading steps.
    static result<cron> parse(std::string_view text);
    const std::string& text() const noexcept { return text_; }
    const std::optional<std::string>& warning() const noexcept { return warning_; }

    /// The first firing after `after`. A time in a gap fires at the gap's end, unless the hour is `*` or `*/n`: such a schedule
    /// follows real time and has no firing to make up for. A time in a fold fires at its first occurrence only.
    /// nullopt if there is none within eight years (30 February). `shift` says what daylight saving did.
    struct firing {
        wall_point at;
        time_zone::civil_match match;
    };
    std::optional<firing> next(wall_point after, const time_zone& zone) const;

  private:
    cron() = default;
    bool matches_day(const civil& t) const;
    bool advance_to_match(civil& t, int last_year) const;

    std::string text_;
    std::optional<std::string> warning_;
    std::uint64_t minutes_ = 0;
    std::uint32_t hours_ = 0, days_ = 0, months_ = 0, weekdays_ = 0;
    bool any_day_ = true, any_weekday_ = true, any_hour_ = true;
};

enum class missed_policy { skip, run_once, run_all };
enum class overlap_policy { skip, queue, cancel_previous };

/// Exactly one of `by_cron`, `every`, `at`.
struct schedule {
    std::optional<cron> by_cron{};
    std::optional<std::chrono::milliseconds> every{};
    std::optional<wall_point> at{};
    time_zone zone = time_zone::utc();
    std::chrono::milliseconds jitter{0};
    missed_policy missed = missed_policy::run_once;
    std::optional<std::chrono::milliseconds> max_late{};
    overlap_policy overlap = overlap_policy::skip;

    /// What the watermark is kept under: a changed schedule starts anew.
    std::string text() const;

    /// The first nominal firing after `mark`; `every` counts from the mark.
    std::optional<cron::firing> next(wall_point mark) const;
};

/// What to do at `now` with a watermark: the firings due, oldest first, each with its decision.
struct due_firing {
    wall_point at;
    enum class disposition { run, dropped_missed, dropped_late } decided;
    std::string reason; ///< "missed while stopped, newer firing runs", "35 min late, max_late is 10m", "moved by daylight saving" …
};
struct decision {
    std::vector<due_firing> firings;
    wall_point watermark; ///< the new watermark
};
/// `grace` is how late a firing may be and still count as on time (a busy loop, not a stop). At most 1,000 firings.
decision decide(const schedule& s, wall_point mark, wall_point now,
                std::chrono::milliseconds grace = std::chrono::seconds(60));

/// The same jitter for the same job and firing on every machine and after every restart.
std::chrono::milliseconds jitter_of(const schedule& s, std::string_view job, wall_point at);

} // namespace ulak::job
