// Which connection a request gets, and who waits. Pure: it knows numbers, not sockets. Private to this room.
#pragma once

#include "async/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace ulak::http {

/// At most `limit` requests in flight, and connections (in flight or kept) together. First come, first served, but what
/// settles something that is paid already goes before the rest.
class pool_policy {
  public:
    using connection_id = std::uint64_t;
    using ticket = std::uint64_t;

    pool_policy(std::size_t limit, std::chrono::milliseconds idle_time) : limit_(limit), idle_time_(idle_time) {}

    /// True: go on. False: queue, for the limit is reached or others wait already.
    bool enter();
    ticket enqueue(bool settles = false);
    void abandon(ticket t);
    /// The end of a request. Whoever is named takes over its place.
    std::optional<ticket> leave();

    /// `use`: this kept connection; nothing: open one. `close`: too old, or in the way of a new one. `rested`: so long
    /// that the peer may have closed it; before that, a look tells no more than the read that brought the last answer.
    struct choice {
        choice() = default;
        std::optional<connection_id> reuse{};
        bool needs_probe = false;
        std::vector<connection_id> close{};
    };
    /// For somebody who entered. The one used last is taken first, so that the others can grow old.
    choice choose(async::steady_point now, bool fresh);
    void add_idle(connection_id one, async::steady_point now);
    void remove_idle(connection_id one);

    std::size_t in_flight() const noexcept { return in_flight_; }
    std::size_t idle() const noexcept { return idle_.size(); }
    std::size_t waiting() const noexcept { return priority_queue_.size() + queue_.size(); }

  private:
    struct idle_entry {
        connection_id id;
        async::steady_point since;
    };

    std::size_t limit_;
    std::chrono::milliseconds idle_time_;
    std::size_t in_flight_ = 0;
    ticket last_ticket_ = 0;
    std::deque<ticket> priority_queue_; ///< few: one for each paid thing that is looked after
    std::deque<ticket> queue_;
    std::deque<idle_entry> idle_; ///< the one used last at the end
};

} // namespace ulak::http
