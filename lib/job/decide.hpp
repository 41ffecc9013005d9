// Which firings are due and what becomes of them after stops and suspends. Pure.
#pragma once

#include "core/wall_point.hpp"
#include "job/schedule.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace ulak::job {

/// One firing that is due, and what is to be done about it.
struct due_firing {
    wall_point at;
    enum class disposition { run, dropped_missed, dropped_late } decided;
    std::string reason; ///< "missed while stopped, newer firing runs", "35m late, max_late is 10m"; empty: on time
};
/// What to do now: the firings that are due, oldest first.
struct decision {
    std::vector<due_firing> firings;
    wall_point watermark; ///< the last firing, or the old mark
};
/// Decides at `now` about the firings since the watermark `mark`. Nothing is due when the clock stepped back behind it.
/// On time is the newest alone, and it at most half the time to the next firing late, `grace` at most: a busy loop, not
/// a stop.
///
/// | on time | skip           | run_once                    | run_all |
/// | yes     | run            | run                         | run     |
/// | no      | dropped_missed | the newest runs, others not | run     |
///
/// Whatever would run but is later than the schedule's `max_late` is dropped_late instead. At most 1,000 firings.
decision decide(const schedule& s, wall_point mark, wall_point now,
                std::chrono::milliseconds grace = std::chrono::seconds(60));

} // namespace ulak::job
