#include "engine/detail/run_queue.hpp"

#include <algorithm>

namespace ulak::engine {

std::size_t run_queue::count(const std::string& job) const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(waiting_, [&](const auto& w) { return w.second->record().job == job; }));
}

std::vector<active_ptr> run_queue::due(wall_point now) const
{
    std::vector<active_ptr> all;
    for (const auto& [id, run] : waiting_)
        if (run->not_before <= now)
            all.push_back(run);
    return all;
}

std::vector<active_ptr> run_queue::due_beyond(wall_point latest) const
{
    std::vector<active_ptr> all;
    for (const auto& [id, run] : waiting_)
        if (run->record().due_at && *run->record().due_at > latest)
            all.push_back(run);
    return all;
}

std::optional<wall_point> run_queue::next_due_after(wall_point now) const
{
    std::optional<wall_point> first;
    for (const auto& [id, run] : waiting_)
        if (run->not_before > now && (!first || run->not_before < *first))
            first = run->not_before;
    return first;
}

} // namespace ulak::engine
