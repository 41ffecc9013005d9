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

pool_policy::ticket pool_policy::queue(bool settles)
{
    (settles ? settling_ : line_).push_back(++last_ticket_);
    return last_ticket_;
}

void pool_policy::give_up(ticket t)
{
    std::erase(settling_, t);
    std::erase(line_, t);
}

std::optional<pool_policy::ticket> pool_policy::leave()
{
    assert(in_flight_ > 0);
    auto& line = settling_.empty() ? line_ : settling_;
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
constexpr std::chrono::milliseconds no_rest(1);

} // namespace

pool_policy::choice pool_policy::take(async::steady_point now, bool fresh)
{
    choice out;
    while (!idle_.empty() && now - idle_.front().since > idle_time_) {
        out.close.push_back(idle_.front().id);
        idle_.pop_front();
    }
    if (!fresh && !idle_.empty()) {
        out.use = idle_.back().id;
        out.rested = now - idle_.back().since >= no_rest;
        idle_.pop_back();
        return out;
    }
    while (!idle_.empty() && in_flight_ + idle_.size() > limit_) {
        out.close.push_back(idle_.front().id);
        idle_.pop_front();
    }
    return out;
}

void pool_policy::keep(connection_id one, async::steady_point now)
{
    idle_.push_back(kept{one, now});
}

void pool_policy::forget(connection_id one)
{
    std::erase_if(idle_, [one](const kept& k) { return k.id == one; });
}

} // namespace ulak::http
