#include "engine/detail/job_slots.hpp"

#include <utility>

namespace ulak::engine {

bool job_slots::reserve(active_run& run)
{
    if (running(run.record().job) >= static_cast<std::size_t>(run.job->document.concurrency))
        return false;
    reserve_anyway(run);
    return true;
}

void job_slots::reserve_anyway(active_run& run)
{
    ++taken_[run.record().job];
    run.holds_slot = true;
}

bool job_slots::release(active_run& run)
{
    if (!std::exchange(run.holds_slot, false))
        return false;
    const auto taken = taken_.find(run.record().job);
    if (--taken->second == 0)
        taken_.erase(taken);
    return true;
}

std::size_t job_slots::running(const std::string& job) const
{
    const auto taken = taken_.find(job);
    return taken == taken_.end() ? 0 : taken->second;
}

} // namespace ulak::engine
