#include "http/client/pool_policy.hpp"

#include <cassert>

namespace ulak::http {
namespace {

// A close that a peer sends within so short a time could as well arrive while the next request is on its way, and the
// read that brought the last response saw the connection open. A probe would tell nothing more.
constexpr std::chrono::milliseconds probe_after(1);

} // namespace

bool pool_policy::enter()
{
    if (in_flight_ >= limit_ || waiting() > 0)
        return false;
    ++in_flight_;
    return true;
}

pool_policy::ticket pool_policy::enqueue(bool priority)
{
    (priority ? priority_queue_ : queue_).push_back(++last_ticket_);
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
    auto& queue = priority_queue_.empty() ? queue_ : priority_queue_;
    if (queue.empty()) {
        --in_flight_;
        return std::nullopt;
    }
    ticket next = queue.front();
    queue.pop_front();
    return next;
}

pool_policy::choice pool_policy::choose(async::steady_point now, bool fresh)
{
    choice out;
    // Idle for too long.
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
    // Make room below the limit for a new connection.
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
    std::erase_if(idle_, [one](const idle_entry& entry) { return entry.id == one; });
}

} // namespace ulak::http
