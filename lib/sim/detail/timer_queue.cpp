#include "sim/detail/timer_queue.hpp"

#include <utility>

namespace ulak::sim {

void timer_queue::schedule(wall_point when, action run)
{
    timers_.push(timer{when, next_sequence_++, std::move(run)});
}

void timer_queue::run_due(wall_point now)
{
    while (!timers_.empty() && timers_.top().when <= now) {
        auto due = timers_.top().when;
        auto run = timers_.top().run;
        timers_.pop();
        run(due);
    }
}

} // namespace ulak::sim
