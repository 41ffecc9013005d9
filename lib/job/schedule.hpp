// When a job fires: cron, every or at, in a time zone, and what becomes of firings that are late. Pure.
#pragma once

#include "core/wall_time.hpp"
#include "job/cron.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::job {

/// What becomes of firings that were missed while the daemon or the machine was stopped.
enum class missed_policy { skip, run_once, run_all };
/// What becomes of a firing while the run before it goes on.
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

    /// The key of the stored watermark: a schedule with another text starts anew.
    std::string text() const;

    /// The first nominal firing after `mark`; `every` counts from the mark.
    std::optional<cron::firing> next(wall_point mark) const;
};

/// How much later than `at` the firing begins: from zero to the schedule's jitter, the same for the same job and firing
/// on every machine and after every restart.
std::chrono::milliseconds jitter_of(const schedule& s, std::string_view job, wall_point at);

} // namespace ulak::job
