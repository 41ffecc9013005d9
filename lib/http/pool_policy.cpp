#include "http/pool_policy.hpp"

#include <cassert>

namespace ulak::http {

bool pool_policy::enter()
{
    if (in_flight_ >= limit_ || waiting() > 0)
        return false;
    ++in_flight_;
    return true;
}

pool_policy::ticket pool_policy::enqueue(bool settles)
{
    (settles ? priority_queue_ : queue_).push_back(++last_ticket_);
    return last_ticket_;
}

void pool_policy::abandon(ticket t)
{
    std::erase(priority_queue_, t);
    std::erase(queue_, t);
}

std::optional<pool_policy::ticket> pool_policy::leave()
{
    assert(in_flight_ > 0);
    auto& line = priority_queue_.empty() ? queue_ : priority_queue_;
    if (line.empty()) {
        --in_flight_;
        return std::nullopt;
    }
    ticket next = line.front();
    line.pop_front();
    return next;
}

namespace {

// What a peer does in so short a time could as well come while the next request is on its way.
constexpr std::chrono::milliseconds probe_after(1);

} // namespace

pool_policy::choice pool_policy::choose(async::steady_point now, bool fresh)
{
    choice out;
    while (!idle_.empty() && now - idle_.front().since > idle_time_) {
        out.close.push_back(idle_.front().id);
        idle_.pop_front();
    }
    if (!fresh && !idle_.empty()) {
        out.reuse = idle_.back().id;
        out.needs_probe = now - idle_.back().since >= probe_after;
        idle_.pop_back();
        return out;
    }
    while (!idle_.empty() && in_flight_ + idle_.size() > limit_) {
        out.close.push_back(idle_.front().id);
        idle_.pop_front();
    }
    return out;
}

void pool_policy::add_idle(connection_id one, async::steady_point now)
{
    idle_.push_back(idle_entry{one, now});
}

void pool_policy::remove_idle(connection_id one)
{
    std::erase_if(idle_, [one](const idle_entry& k) { return k.id == one; });
}

} // namespace ulak::http
